import type { Change } from './change.ts';

/** A statement that has no block yet: where it begins, and the text with its header as plain statements of the same length. */
export interface OpenHeader { readonly start: number; readonly plain: string }

/**
 * The header of an `if`, `for` or `switch` that was begun between two statements of a text without errors. What follows is not its block, yet the parser
 * tries to make it one, through the whole function: that takes longer than a parse from the beginning, and costs the statements after it.
 */
export function openHeader(before: string, text: string, { start, oldEnd, newEnd }: Change): OpenHeader | undefined {
  const from = text.lastIndexOf('\n', start - 1) + 1, to = endOfLine(text, start);
  const [, indent, word, rest] = /^([ \t]*)(if|for|switch)(?![\w.])([^{]*)$/.exec(text.slice(from, to)) ?? [];
  if (rest === undefined) return undefined;
  // What follows has to be what followed another line before. An edit that puts in a line can be told in two ways: `if x⏎` or `⏎if x`.
  const next = to + blank.exec(text.slice(to))![0].length, followed = oldEnd - (newEnd - next);
  if (before.slice(followed, oldEnd) !== text.slice(next, newEnd)) return undefined;
  const above = before.slice(0, followed).trimEnd(), line = above.slice(above.lastIndexOf('\n') + 1);
  // That line was no header without its block, such as this one, and no beginning of an expression.
  if (!before.slice(above.length, followed).includes('\n') || /^\s*(if|for|switch)\b.*[^{]$/.test(line) || /[-+*/%&|^<>=!,.([]$/.test(line.replace(/\s*\/\/.*/, ''))) return undefined;
  const said = rest.replace(/\brange\b/, blanks).replace(/[^\w)\]"'`]+$/, blanks);
  // Names that a loop will set are no statement.
  const plain = blanks(word!) + (word === 'for' && !said.includes('=') ? blanks(said) : said);
  return { start: from + indent!.length, plain: text.slice(0, from) + indent! + plain + text.slice(to) };
}

const blank = /^\s*/;

function endOfLine(text: string, from: number): number {
  const end = text.indexOf('\n', from);
  return end < 0 ? text.length : end;
}

function blanks(of: string): string {
  return ' '.repeat(of.length);
}
