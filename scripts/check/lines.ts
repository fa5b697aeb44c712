import type ts from 'typescript';
import { tokensOf } from './tokens.ts';

/** The lines of a text; a line break at its end begins no other. */
export function linesOf(text: string): string[] {
  const lines = text.split('\n').map(line => line.replace(/\r$/, ''));
  if (lines.at(-1) === '') lines.pop();
  return lines;
}

/**
 * Whether a line is long only because of one string or URL, which cannot be broken where it is:
 * besides it there is nothing but a name before it and punctuation.
 */
export function isOnlyText(line: string): boolean {
  if (/https?:\/\/\S{40,}/.test(line)) return true;
  const inString = /'(?:[^'\\]|\\.)*'|"(?:[^"\\]|\\.)*"|`(?:[^`\\]|\\.)*`|\/(?:[^/\\]|\\.)+\//;
  const rest = line.replace(inString, '');
  return rest !== line && /^[\s\w.]*[:=]?\s*[[({]?[\])},;+\s]*$/.test(rest);
}

/** How many lines hold code, and how many tokens are in them. */
export function codeLinesOf(source: ts.SourceFile): { lines: number; tokens: number } {
  const tokens = tokensOf(source);
  const lines = new Set<number>();
  for (const token of tokens) {
    const first = source.getLineAndCharacterOfPosition(token.start).line;
    const last = source.getLineAndCharacterOfPosition(token.end).line;
    for (let line = first; line <= last; line++) lines.add(line);
  }
  return { lines: lines.size, tokens: tokens.length };
}
