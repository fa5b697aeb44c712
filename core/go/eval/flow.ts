import type { SyntaxNode } from '../syntax/syntax.ts';
import {
  calleeName,
  childByField,
  descend,
  isFunction,
  namedChildren,
  returnsOf,
} from '../syntax/syntax.ts';

/**
 * How control goes on behind a statement: `next` to what follows, `leave` out of the function,
 * `break` or `continue` of the loop or switch around it. A label is part of the last two.
 */
type Way = string;

const next: Way = 'next';
const leave: Way = 'leave';

const cases = new Set(['expression_case', 'type_case', 'default_case', 'communication_case']);
const switches = new Set(['expression_switch_statement', 'type_switch_statement']);
/** Functions of Go and of its log packages that do not return. */
const stopping = /^(panic|os\.Exit|runtime\.Goexit|log\.(Fatal|Panic)\w*|(tm|cmt)os\.Exit)$/;

/** Whether control never goes on behind a statement: each way through it leaves the function. */
export function leavesFunction(statement: SyntaxNode, text: string): boolean {
  return [...waysOf(statement, text)].every(way => way === leave);
}

/** Whether control never comes to what follows a statement: it leaves, breaks or continues. */
export function neverGoesOn(statement: SyntaxNode, text: string): boolean {
  return !waysOf(statement, text).has(next);
}

/**
 * Whether one run of the function may come to both nodes, in the order of the source; within a
 * loop, one round of it. Where that is not known, as for closures, it may.
 */
export function mayBothRun(one: SyntaxNode, other: SyntaxNode, text: string): boolean {
  const [first, second] = one.start <= other.start ? [one, other] : [other, one];
  if (first === second || contains(first, second)) return true;
  let ways: ReadonlySet<Way> = new Set([next]);
  for (let at = first; at.parent; at = at.parent) {
    const around = at.parent;
    if (contains(around, second)) return ways.has(next) && reaches(around, at, second, text);
    ways = outOf(around, at, ways, text);
  }
  return true;
}

/** Whether control goes from one child of a node to what lies in another one, further down. */
function reaches(around: SyntaxNode, from: SyntaxNode, to: SyntaxNode, text: string): boolean {
  const target = around.children.find(child => contains(child, to)) ?? to;
  if (around.type === 'if_statement')
    return !(from.field === 'consequence' && target.field === 'alternative');
  // Only a case that falls through goes on in the next one.
  if (cases.has(from.type) && cases.has(target.type))
    return from.children.at(-1)?.type === 'fallthrough_statement';
  if (!isSequence(around)) return true;
  return inSequence(between(around, from, target), text).has(next);
}

/** The ways behind a node, where those behind one of its children are known. */
function outOf(
  around: SyntaxNode,
  from: SyntaxNode,
  ways: ReadonlySet<Way>,
  text: string,
): ReadonlySet<Way> {
  if (isFunction(around)) return new Set([next]);
  if (around.type === 'return_statement') return new Set([leave]);
  if (isSequence(around)) {
    if (!ways.has(next)) return ways;
    const onward = inSequence(between(around, from, undefined), text);
    return new Set([...[...ways].filter(way => way !== next), ...onward]);
  }
  if (around.type === 'for_statement') return behindLoop(ways);
  if (switches.has(around.type) || around.type === 'select_statement') return behindSwitch(ways);
  if (around.type === 'labeled_statement') return behindLabel(around, ways, text);
  return ways;
}

const isSequence = (node: SyntaxNode) => node.type === 'block' || cases.has(node.type);

/** The statements of a sequence behind one child, up to another. */
function between(
  sequence: SyntaxNode,
  from: SyntaxNode,
  to: SyntaxNode | undefined,
): readonly SyntaxNode[] {
  return sequence.children.filter(
    ({ start }) => start >= from.end && (to === undefined || start < to.start),
  );
}

/** The ways behind one statement, a block, or a case and the switch around it. */
function waysOf(statement: SyntaxNode, text: string): ReadonlySet<Way> {
  switch (statement.type) {
    case 'return_statement':
      return new Set([leave]);
    case 'break_statement':
    case 'continue_statement':
      return new Set([labelled(statement, text)]);
    case 'expression_statement':
      return new Set([stops(statement, text) ? leave : next]);
    case 'block':
      return inSequence(statement.children, text);
    case 'labeled_statement':
      return behindLabel(statement, inSequence(statement.children.slice(1), text), text);
    case 'if_statement':
      return new Set([
        ...partWays(childByField(statement, 'consequence'), text),
        ...partWays(childByField(statement, 'alternative'), text),
      ]);
    case 'expression_switch_statement':
    case 'type_switch_statement':
    case 'select_statement':
      return ofSwitch(statement, text);
    case 'for_statement':
      return ofLoop(statement, text);
    default:
      return cases.has(statement.type)
        ? behindSwitch(inSequence(bodyOf(statement), text))
        : new Set([next]);
  }
}

function partWays(part: SyntaxNode | undefined, text: string): ReadonlySet<Way> {
  return part ? waysOf(part, text) : new Set([next]);
}

function inSequence(statements: readonly SyntaxNode[], text: string): ReadonlySet<Way> {
  const found = new Set<Way>();
  for (const statement of statements) {
    const ways = waysOf(statement, text);
    for (const way of ways) if (way !== next) found.add(way);
    if (!ways.has(next)) return found;
  }
  return found.add(next);
}

function ofSwitch(statement: SyntaxNode, text: string): ReadonlySet<Way> {
  const branches = statement.children.filter(({ type }) => cases.has(type));
  const found = new Set(branches.flatMap(branch => [...inSequence(bodyOf(branch), text)]));
  const isComplete =
    statement.type === 'select_statement' || branches.some(({ type }) => type === 'default_case');
  return behindSwitch(isComplete ? found : found.add(next));
}

/** The statements of a case, without the values that it compares. */
function bodyOf(branch: SyntaxNode): readonly SyntaxNode[] {
  return branch.children.filter(({ field }) => field === undefined);
}

function ofLoop(statement: SyntaxNode, text: string): ReadonlySet<Way> {
  const body = childByField(statement, 'body');
  const ways = new Set(partWays(body, text));
  const hasEnd = namedChildren(statement).some(
    child =>
      child !== body &&
      (child.type !== 'for_clause' || childByField(child, 'condition') !== undefined),
  );
  if (hasEnd) return behindLoop(ways.add(next));
  ways.delete(next);
  ways.delete('continue');
  return behindLoop(ways);
}

function behindLoop(ways: ReadonlySet<Way>): ReadonlySet<Way> {
  return renamed(ways, way => (way === 'break' || way === 'continue' ? next : way));
}

function behindSwitch(ways: ReadonlySet<Way>): ReadonlySet<Way> {
  return renamed(ways, way => (way === 'break' ? next : way));
}

function behindLabel(
  statement: SyntaxNode,
  ways: ReadonlySet<Way>,
  text: string,
): ReadonlySet<Way> {
  const label = statement.children[0];
  const name = label ? text.slice(label.start, label.end) : '';
  return renamed(ways, way => (way === `break ${name}` || way === `continue ${name}` ? next : way));
}

function renamed(ways: ReadonlySet<Way>, to: (way: Way) => Way): ReadonlySet<Way> {
  return new Set([...ways].map(to));
}

function labelled(statement: SyntaxNode, text: string): Way {
  const kind = statement.type === 'break_statement' ? 'break' : 'continue';
  const [label] = namedChildren(statement);
  return label ? `${kind} ${text.slice(label.start, label.end)}` : kind;
}

/** `panic(…)`, `os.Exit(1)`, `log.Fatal(…)`, `logger.Fatal(…)`. */
function stops(statement: SyntaxNode, text: string): boolean {
  const [call] = namedChildren(statement);
  const callee = call?.type === 'call_expression' ? childByField(call, 'function') : undefined;
  if (!call || !callee) return false;
  return (
    stopping.test(text.slice(callee.start, callee.end)) ||
    /^Fatal[fln]*$/.test(calleeName(call, text))
  );
}

/**
 * Whether every way from the start of the function to a node passes a statement that sets
 * something, as `sets` says of the nodes of a statement. Ways that leave do not count.
 */
export function isAlwaysSetBefore(
  use: SyntaxNode,
  text: string,
  sets: (node: SyntaxNode) => boolean,
): boolean {
  for (let at = use; at.parent && !isFunction(at); at = at.parent) {
    const around = at.parent;
    const before = isSequence(around)
      ? around.children.filter(({ end }) => end <= at.start)
      : headerBefore(around, at);
    if (before.some(statement => setsOnEveryWay(statement, text, sets))) return true;
  }
  return false;
}

/** What runs before a part of a statement: `x := f()` in `if x := f(); x > 0 { … }`. */
function headerBefore(statement: SyntaxNode, part: SyntaxNode): readonly SyntaxNode[] {
  return statement.children.filter(
    child => child.end <= part.start && (child.field === 'initializer' || child.field === 'value'),
  );
}

/** Whether all ways that go on behind a statement have set it. */
function setsOnEveryWay(
  statement: SyntaxNode,
  text: string,
  sets: (node: SyntaxNode) => boolean,
): boolean {
  const inPart = (part: SyntaxNode | undefined): boolean =>
    part !== undefined && setsOnEveryWay(part, text, sets);
  const inAny = (parts: readonly SyntaxNode[]): boolean =>
    parts.some(inPart) || !inSequence(parts, text).has(next);
  switch (statement.type) {
    case 'block':
      return inAny(statement.children);
    case 'labeled_statement':
      return inAny(statement.children.slice(1));
    case 'if_statement':
      return (
        inPart(childByField(statement, 'initializer')) ||
        (inPart(childByField(statement, 'consequence')) &&
          inPart(childByField(statement, 'alternative')))
      );
    case 'expression_switch_statement':
    case 'type_switch_statement':
    case 'select_statement':
      return (
        inPart(childByField(statement, 'initializer')) ||
        (isExhaustive(statement) &&
          statement.children
            .filter(({ type }) => cases.has(type))
            .every(branch => inAny(bodyOf(branch)) && !breaks(branch)))
      );
    case 'for_statement':
      return neverGoesOn(statement, text);
    default: {
      const body = calledAtOnce(statement);
      const mayReturn = returnsOf(body?.parent).length > 0;
      if (body && !mayReturn) return inPart(body);
      return [...descend(statement)].some(sets) || neverGoesOn(statement, text);
    }
  }
}

/** The body of the closure that a statement calls where it writes it: `func() { … }()`. */
export function calledAtOnce(statement: SyntaxNode): SyntaxNode | undefined {
  const [call] = statement.type === 'expression_statement' ? namedChildren(statement) : [];
  const closure = call?.type === 'call_expression' ? childByField(call, 'function') : undefined;
  return closure?.type === 'func_literal' ? childByField(closure, 'body') : undefined;
}

function isExhaustive(statement: SyntaxNode): boolean {
  return (
    statement.type === 'select_statement' ||
    statement.children.some(({ type }) => type === 'default_case')
  );
}

function breaks(branch: SyntaxNode): boolean {
  return [...descend(branch)].some(({ type }) => type === 'break_statement');
}

function contains(outer: SyntaxNode, inner: SyntaxNode): boolean {
  return outer.start <= inner.start && inner.end <= outer.end;
}
