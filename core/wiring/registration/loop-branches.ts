import { mayBothRun, neverGoesOn } from '../../go/eval/flow.ts';
import { GoNode, goNode } from '../../go/eval/go-node.ts';
import { exprAt, stringValue } from '../../go/eval/value.ts';
import type { Repo } from '../../go/repo/repo.ts';
import type { SyntaxNode } from '../../go/syntax/syntax.ts';
import { callArguments } from '../../go/syntax/syntax.ts';
import type { Registration } from '../style.ts';

/**
 * What a loop with several SetUpgradeHandler calls registers: each of its names by the calls that
 * the branches in the loop lead to. Of calls that exclude each other, where it is not known which
 * one a name comes to, the last has it.
 */
export function takenBranches(repo: Repo, found: readonly Registration[]): Registration[] {
  const reached = found.filter(registration => mayBeReached(repo, registration));
  return reached.filter(
    (registration, i) => !reached.slice(i + 1).some(later => excludes(registration, later)),
  );
}

/** Whether two calls in one loop register the same element of its list, and never both. */
function excludes(one: Registration, other: Registration): boolean {
  if (!one.site.loop || one.site.loop !== other.site.loop) return false;
  if (one.site === other.site || one.place.node !== other.place.node) return false;
  const { facts, node } = one.site.call;
  return !mayBothRun(node, other.site.call.node, facts.text);
}

function mayBeReached(repo: Repo, { site, name }: Registration): boolean {
  const [written] = callArguments(site.call.node);
  if (!site.loop || name.kind !== 'known' || !written) return true;
  const asked: Asked = {
    repo,
    variable: goNode(exprAt(site.call, written)).text,
    value: name.value,
  };
  for (let at = site.call.node; at.parent && at !== site.loop; at = at.parent) {
    if (isExcluded(asked, goNode(exprAt(site.call, at.parent)), at)) return false;
  }
  return true;
}

/** A name that branches may ask for: how they write it, and its value. */
interface Asked {
  readonly repo: Repo;
  readonly variable: string;
  readonly value: string;
}

/** Whether control does not come to a child of a node for that name. */
function isExcluded(asked: Asked, around: GoNode, child: SyntaxNode): boolean {
  switch (around.type) {
    case 'if_statement': {
      const holds = answer(asked, around.field('condition'));
      if (child.field === 'consequence') return holds === false;
      return child.field === 'alternative' && holds === true;
    }
    case 'expression_switch_statement':
      return isOtherCase(asked, around, child);
    case 'block':
    case 'expression_case':
    case 'default_case':
      return around.children.some(
        statement => statement.node.end <= child.start && endsRound(asked, statement),
      );
    default:
      return false;
  }
}

/** Whether a name takes another case of a switch than this one. */
function isOtherCase(asked: Asked, around: GoNode, child: SyntaxNode): boolean {
  if (child.type === 'default_case') return casesOf(around).some(one => takes(asked, around, one));
  return (
    child.type === 'expression_case' && takes(asked, around, new GoNode(around, child)) === false
  );
}

function casesOf(around: GoNode): GoNode[] {
  return around.children.filter(({ type }) => type === 'expression_case');
}

/** Whether a name takes a case: one of its values is the name, or one of its conditions holds. */
function takes(asked: Asked, around: GoNode, one: GoNode): boolean | undefined {
  const compared = around.field('value');
  if (compared && compared.text !== asked.variable) return undefined;
  const answers = (one.field('value')?.children ?? []).map(value =>
    compared ? isName(asked, value) : answer(asked, value),
  );
  if (answers.includes(true)) return true;
  return answers.includes(undefined) ? undefined : false;
}

/** Whether a name that comes to a statement of the loop goes no further in this round. */
function endsRound(asked: Asked, statement: GoNode): boolean {
  const { text } = statement.facts;
  if (statement.type === 'if_statement') {
    const holds = answer(asked, statement.field('condition'));
    if (holds === undefined) return false;
    const taken = statement.field(holds ? 'consequence' : 'alternative');
    return taken !== undefined && neverGoesOn(taken.node, text);
  }
  if (statement.type !== 'expression_switch_statement') return false;
  const taken = casesOf(statement).find(one => takes(asked, statement, one));
  return taken !== undefined && neverGoesOn(taken.node, text);
}

/** What a condition says of the name; undefined where it asks something else. */
function answer(asked: Asked, condition: GoNode | undefined): boolean | undefined {
  const asks = condition?.withoutParens;
  if (asks?.type === 'unary_expression' && asks.operator === '!') {
    const holds = answer(asked, asks.operand);
    return holds === undefined ? undefined : !holds;
  }
  if (asks?.type !== 'binary_expression') return undefined;
  const [left, right] = [asks.field('left'), asks.field('right')];
  switch (asks.operator) {
    case '==':
      return compare(asked, left, right);
    case '!=': {
      const isSame = compare(asked, left, right);
      return isSame === undefined ? undefined : !isSame;
    }
    case '&&':
      return both(answer(asked, left), answer(asked, right), false);
    case '||':
      return both(answer(asked, left), answer(asked, right), true);
    default:
      return undefined;
  }
}

/** Two answers joined: one that `decides` is enough, of others both have to be known. */
function both(
  left: boolean | undefined,
  right: boolean | undefined,
  decides: boolean,
): boolean | undefined {
  if (left === decides || right === decides) return decides;
  return left === undefined || right === undefined ? undefined : !decides;
}

function compare(
  asked: Asked,
  left: GoNode | undefined,
  right: GoNode | undefined,
): boolean | undefined {
  if (left?.text === asked.variable) return isName(asked, right);
  return right?.text === asked.variable ? isName(asked, left) : undefined;
}

function isName({ repo, value }: Asked, compared: GoNode | undefined): boolean | undefined {
  const known = compared && stringValue(repo, compared);
  return known?.kind === 'known' ? known.value === value : undefined;
}
