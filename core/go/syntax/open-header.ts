import type { Node, Tree } from 'web-tree-sitter';
import type { TextChange } from './change.ts';

/**
 * A statement that has no block yet: where it begins, and the text with its header as plain
 * statements of the same length.
 */
export interface OpenHeader {
  readonly start: number;
  readonly plain: string;
}

/**
 * The header of an `if`, `for` or `switch` that was begun between two statements of a text without
 * errors, whose tree is given. What follows is not its block, yet the parser tries to make it one,
 * through the whole function: that takes longer than a parse from the beginning, and costs the
 * statements after it.
 */
export function openHeader(
  before: { readonly text: string; readonly tree: Tree },
  text: string,
  { start, oldEnd, newEnd }: TextChange,
): OpenHeader | undefined {
  const from = text.lastIndexOf('\n', start - 1) + 1;
  const to = endOfLine(text, start);
  const line = text.slice(from, to);
  const header = /^\s*(if|for|switch)(?![\w.])/.exec(line);
  if (
    !header ||
    !isClosed(line) ||
    line.includes('{') ||
    /^(\s|\/\/.*|\/\*[\s\S]*?\*\/)*\{/.test(text.slice(to))
  )
    return undefined;
  // What follows has to be what followed another line before. An edit that puts in a line can be
  // told in two ways: `if x⏎` or `⏎if x`.
  const next = to + blank.exec(text.slice(to))![0].length;
  const followed = oldEnd - (newEnd - next);
  if (
    before.text.slice(followed, oldEnd) !== text.slice(next, newEnd) ||
    !beginsStatement(before.tree, followed)
  )
    return undefined;
  const plain = plainHeader(header[0], header[1]!, line.slice(header[0].length));
  return {
    start: from + blank.exec(line)![0].length,
    plain: text.slice(0, from) + plain + text.slice(to),
  };
}

const blank = /^\s*/;

function plainHeader(beginning: string, word: string, rest: string): string {
  const said = rest.replace(/\brange\b/, blanks).replace(/[^\w)\]"'`]+$/, blanks);
  // Names that a loop will set are no statement.
  return blanks(beginning) + (word === 'for' && !said.includes('=') ? blanks(said) : said);
}

/**
 * Whether a statement or a case begins here, or the block ends: a line before it is no part of
 * something longer.
 */
function beginsStatement(tree: Tree, at: number): boolean {
  let node: Node | null = tree.rootNode.descendantForIndex(at, at + 1);
  while (node?.parent && node.parent.startIndex === at && !list.test(node.type)) node = node.parent;
  return (
    node?.startIndex === at &&
    (node.type.endsWith('_case') || (node.parent !== null && list.test(node.parent.type)))
  );
}

/**
 * Whether a place is in a list of statements: a line in a string or in a comment may look like
 * anything.
 */
export function isAmongStatements(tree: Tree, at: number): boolean {
  return list.test(tree.rootNode.descendantForIndex(at)?.type ?? '');
}

const list = /^(block|statement_list|\w+_case)$/;

/** Whether brackets and quotes are closed, which an editor does by itself. */
function isClosed(line: string): boolean {
  const code = line.replace(/"(?:\\.|[^"\\])*"|'(?:\\.|[^'\\])*'|`[^`]*`/g, '');
  return !/["'`]/.test(code) && code.split(/[[(]/).length === code.split(/[\])]/).length;
}

function endOfLine(text: string, from: number): number {
  const end = text.indexOf('\n', from);
  return end < 0 ? text.length : end;
}

function blanks(of: string): string {
  return ' '.repeat(of.length);
}
