import type { SyntaxNode } from './syntax.ts';
import { childByField, childrenByField, findAll, namedChildren, returnsOf } from './syntax.ts';

/** What a function returns first, where it has a single return statement with values. */
export function onlyResult(fn: SyntaxNode | undefined): SyntaxNode | undefined {
  const returns = returnsOf(fn);
  return returns.length === 1 ? namedChildren(namedChildren(returns[0])[0])[0] : undefined;
}

/** What a function returns first, where there is a single return statement. */
export function returnedValue(fn: SyntaxNode | undefined, text: string): SyntaxNode | undefined {
  const [only, ...others] = returnsOf(fn);
  return fn && only && others.length === 0 ? returnedAt(only, fn, text) : undefined;
}

/**
 * What a return statement of a function gives back first: the value that it has, or without one what
 * the first named result was set to before. Undefined where that cannot be told.
 */
export function returnedAt(
  statement: SyntaxNode,
  fn: SyntaxNode,
  text: string,
): SyntaxNode | undefined {
  const values = namedChildren(statement);
  if (values.length > 0) return namedChildren(values[0])[0];
  const [first] = namedChildren(childByField(fn, 'result'));
  const name = childByField(first, 'name');
  return name && lastSet(statement, fn, text.slice(name.start, name.end), text);
}

/** What the last statement before a node that speaks of a variable sets it to, as a whole. */
function lastSet(
  node: SyntaxNode,
  fn: SyntaxNode,
  name: string,
  text: string,
): SyntaxNode | undefined {
  const isIt = ({ start, end }: SyntaxNode) => text.slice(start, end) === name;
  for (let at = node; at.parent && at !== fn; at = at.parent) {
    const before = at.parent.children.filter(({ end }) => end <= at.start);
    const last = before.findLast(statement => findAll(statement, 'identifier').some(isIt));
    if (last && last.field !== 'result') return wholeValue(last, isIt);
  }
  return undefined;
}

/** The value that an assignment gives a variable, where it does not speak of it otherwise. */
function wholeValue(
  statement: SyntaxNode,
  isIt: (node: SyntaxNode) => boolean,
): SyntaxNode | undefined {
  const targets = namedChildren(childByField(statement, 'left'));
  const [first, ...others] = findAll(statement, 'identifier').filter(isIt);
  const isOnly = first !== undefined && others.length === 0 && targets.includes(first);
  if (statement.type !== 'assignment_statement' || !isOnly) return undefined;
  const values = namedChildren(childByField(statement, 'right'));
  return values[values.length === targets.length ? targets.indexOf(first) : 0];
}

/** The types of a function's results, with names or without. */
export function resultTypes(fn: SyntaxNode | undefined): SyntaxNode[] {
  const result = childByField(fn, 'result');
  if (result?.type !== 'parameter_list') return result ? [result] : [];
  return namedChildren(result).flatMap(part => {
    const type = childByField(part, 'type');
    if (!type) return [part];
    const names = childrenByField(part, 'name');
    return names.length === 0 ? [type] : names.map(() => type);
  });
}
