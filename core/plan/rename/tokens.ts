import type { FileFacts } from '../../go/source/facts.ts';

/** A piece of Go text; white space is none. */
export interface Token {
  readonly kind: 'comment' | 'string' | 'raw' | 'word' | 'other';
  readonly text: string;
  readonly start: number;
  readonly end: number;
}

/** A Go file and its tokens. */
export interface TokenFile {
  readonly facts: FileFacts;
  readonly tokens: readonly Token[];
}

/** A token where it stands. */
export interface TokenPlace extends TokenFile {
  readonly index: number;
}

const pattern =
  /\/\/[^\n]*|\/\*[\s\S]*?\*\/|"(?:[^"\\\n]|\\.)*"|`[^`]*`|'(?:[^'\\\n]|\\.)+'|\d[\w.]*|[\p{L}_][\p{L}\p{Nd}_]*|\S/gu;

/** A Go file with its tokens. */
export function tokenFile(facts: FileFacts): TokenFile {
  return { facts, tokens: tokensOf(facts.text) };
}

/**
 * The tokens of a Go file in order. Whole files are rewritten by them, comments and tests included;
 * what a word means is asked of the syntax.
 */
export function tokensOf(text: string): Token[] {
  return [...text.matchAll(pattern)].map(({ 0: found, index }) => ({
    kind: kindOf(found),
    text: found,
    start: index,
    end: index + found.length,
  }));
}

function kindOf(text: string): Token['kind'] {
  if (text.startsWith('//') || text.startsWith('/*')) return 'comment';
  if (text.startsWith('"')) return 'string';
  if (text.startsWith('`')) return 'raw';
  return /^[\p{L}_]/u.test(text) ? 'word' : 'other';
}
