import type { SyntaxNode } from '../syntax/syntax.ts';
import { childByField, namedChildren, withoutParens } from '../syntax/syntax.ts';
import type { Expr } from './expr.ts';
import { exprAt } from './expr.ts';
import { neverGoesOn } from './flow.ts';
import type { GoNode } from './go-node.ts';
import { goNode } from './go-node.ts';

/** Something that is known to hold, or not to, without `!`, `&&` and `||` around it. */
export interface Fact {
  /** The condition; the value of a case in a `switch x`. */
  readonly condition: GoNode;
  /** What is compared for being equal: by `==`, by `!=`, or `x` and the value of its case. */
  readonly sides: readonly [GoNode, GoNode] | undefined;
  /** Whether the condition is true; with `sides` whether they are equal. */
  readonly holds: boolean;
}

/** What is known where a condition comes out as `holds`. */
export function factsOf(condition: Expr, holds = true): Fact[] {
  const asked = goNode(condition).withoutParens;
  const [left, right] = [asked.field('left'), asked.field('right')];
  const { operator } = asked;
  if (asked.type === 'unary_expression' && operator === '!' && asked.operand)
    return factsOf(asked.operand, !holds);
  if (asked.type !== 'binary_expression' || !left || !right)
    return [{ condition: asked, sides: undefined, holds }];
  if (operator === (holds ? '&&' : '||')) return [left, right].flatMap(one => factsOf(one, holds));
  if (operator !== '==' && operator !== '!=')
    return [{ condition: asked, sides: undefined, holds }];
  const sides = [left.withoutParens, right.withoutParens] as const;
  return [{ condition: asked, sides, holds: holds === (operator === '==') }];
}

/** One of the ways on which control parts, and what is known on it. */
export interface Branch {
  readonly facts: readonly Fact[];
  /** The block or case; undefined for the way on which nothing is done. */
  readonly body: SyntaxNode | undefined;
}

/** The ways of an `if` or `switch`, in order; none for other statements. */
export function branchesOf(statement: Expr): Branch[] {
  const { node } = statement;
  if (node.type === 'if_statement') {
    const condition = exprAt(statement, childByField(node, 'condition')!);
    return ['consequence', 'alternative'].map(field => ({
      facts: factsOf(condition, field === 'consequence'),
      body: childByField(node, field),
    }));
  }
  return node.type === 'expression_switch_statement' ? casesOf(statement) : [];
}

function casesOf(statement: Expr): Branch[] {
  const { node } = statement;
  const tag = childByField(node, 'value');
  const isCase = ({ type }: SyntaxNode) => type === 'expression_case' || type === 'default_case';
  const passed: Fact[] = [];
  const found: Branch[] = [];
  let isFallenInto = false;
  for (const body of node.children.filter(isCase)) {
    const values = namedChildren(childByField(body, 'value')).map(one => exprAt(statement, one));
    const [only, ...others] = values;
    const own = only && others.length === 0 ? caseFacts(statement, tag, only, true) : [];
    const facts = isFallenInto ? [] : [...passed, ...own];
    if (body.type === 'expression_case') found.push({ facts, body });
    isFallenInto = body.children.at(-1)?.type === 'fallthrough_statement';
    passed.push(...values.flatMap(value => caseFacts(statement, tag, value, false)));
  }
  const fallback = node.children.find(({ type }) => type === 'default_case');
  return [...found, { facts: passed, body: fallback }];
}

function caseFacts(
  statement: Expr,
  tag: SyntaxNode | undefined,
  value: Expr,
  holds: boolean,
): Fact[] {
  if (!tag) return factsOf(value, holds);
  const condition = goNode(value).withoutParens;
  const asked = goNode(exprAt(statement, withoutParens(tag)));
  return [{ condition, sides: [asked, condition], holds }];
}

/**
 * What is known where control comes to a node: by the branches that it stands in, also those around
 * a closure, and by those before it from which control does not come there. What is assigned in
 * between is not looked at.
 */
export function factsAt(use: Expr): Fact[] {
  const found: Fact[] = [];
  for (let at = use.node; at.parent; at = at.parent) {
    const around = at.parent;
    found.push(...ownFacts(exprAt(use, around), at));
    const isSequence = around.type === 'block' || around.type.endsWith('_case');
    if (!isSequence) continue;
    for (const statement of around.children)
      if (statement.end <= at.start) found.push(...factsBehind(exprAt(use, statement)));
  }
  return found;
}

/** What is known in one of the branches of a statement. */
function ownFacts(statement: Expr, branch: SyntaxNode): readonly Fact[] {
  return branchesOf(statement).find(({ body }) => body === branch)?.facts ?? [];
}

/** What is known behind a statement all of whose branches leave but one. */
function factsBehind(statement: Expr): readonly Fact[] {
  const { text } = statement.facts;
  const onward = branchesOf(statement).filter(({ body }) => !body || !neverGoesOn(body, text));
  const [only, ...others] = onward;
  return only && others.length === 0 ? only.facts : [];
}

/**
 * Whether a fact says that something is nil, or that it is not; undefined where it is about something
 * else.
 */
export function saysNil(
  { sides, holds }: Fact,
  isIt: (side: GoNode) => boolean,
): boolean | undefined {
  const [left, right] = sides ?? [];
  if (!left || !right) return undefined;
  const isAsked = (left.type === 'nil' && isIt(right)) || (right.type === 'nil' && isIt(left));
  return isAsked ? holds : undefined;
}
