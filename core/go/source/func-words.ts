import type { SyntaxNode } from '../syntax/syntax.ts';
import { calledNames, callsOf, findAll } from '../syntax/syntax.ts';
import type { Func } from './facts.ts';

/** What a function's text says, wherever in the file it stands: it is still so when it has moved. */
interface Words {
  identifiers?: ReadonlySet<string>;
  called?: ReadonlySet<string>;
}

const words = new WeakMap<Func, Words>();

function wordsOf(func: Func): Words {
  let known = words.get(func);
  if (!known) {
    known = {};
    words.set(func, known);
  }
  return known;
}

/** Notes that a function is another one, moved. */
export function sameWords(func: Func, moved: Func): void {
  words.set(moved, wordsOf(func));
}

/** The identifiers in a function; none where its syntax is not kept. */
export function identifiersOf(func: Func, text: string): ReadonlySet<string> {
  const known = wordsOf(func);
  known.identifiers ??= func.syntax ? identifiersIn(func.syntax, text) : new Set();
  return known.identifiers;
}

/** The identifiers below a node. */
export function identifiersIn(node: SyntaxNode, text: string): ReadonlySet<string> {
  const found = findAll(node, 'identifier', 'field_identifier');
  return new Set(found.map(({ start, end }) => text.slice(start, end)));
}

/**
 * The calls of functions or methods of these names in a function. A function that was not edited
 * and calls none of them need not be looked at again.
 */
export function callsInFunc(func: Func, text: string, ...names: string[]): readonly SyntaxNode[] {
  const known = wordsOf(func);
  known.called ??= func.syntax ? calledNames(func.syntax, text) : new Set();
  const { called } = known;
  return names.some(name => called.has(name)) ? callsOf(func.syntax, text, ...names) : [];
}
