import type { SyntaxNode } from '../syntax/syntax.ts';

/** One import of a file. */
export interface Import {
  readonly path: string;
  /** The name written before the path, `_` and `.` included. */
  readonly alias: string | undefined;
  readonly start: number;
  readonly end: number;
}

/** `import "x"` or `import ( … )`. */
export interface ImportBlock {
  readonly start: number;
  readonly end: number;
  readonly grouped: boolean;
  readonly imports: readonly Import[];
}

/** A constant or variable of the package. */
export interface ValueSpec {
  readonly name: string;
  /** Its value's syntax, absent where none is written or it is too large to be of interest. */
  readonly value: SyntaxNode | undefined;
  readonly type: SyntaxNode | undefined;
  /** The whole spec, and the declaration that holds it. */
  readonly start: number;
  readonly end: number;
  readonly declaration: { readonly start: number; readonly end: number; readonly grouped: boolean };
  readonly nameStart: number;
  readonly nameEnd: number;
}

/** A type of the package; `syntax` is its right-hand side. */
export interface TypeSpec {
  readonly name: string;
  /** Whether it is another name of that type (`type A = B`). */
  readonly alias: boolean;
  readonly syntax: SyntaxNode;
  readonly start: number;
  readonly end: number;
}

/** A function or method of the package. */
export interface Func {
  readonly name: string;
  readonly nameStart: number;
  readonly nameEnd: number;
  readonly receiver:
    | { readonly name: string; readonly type: string; readonly pointer: boolean }
    | undefined;
  readonly start: number;
  readonly end: number;
  /** The whole declaration's syntax, where the body could matter to an upgrade. */
  readonly syntax: SyntaxNode | undefined;
}

/** What one Go file says, as plain data. */
export interface FileFacts {
  readonly path: string;
  readonly text: string;
  readonly package: string;
  /** End of the package clause's name. */
  readonly packageEnd: number;
  readonly imports: readonly ImportBlock[];
  readonly consts: readonly ValueSpec[];
  readonly vars: readonly ValueSpec[];
  readonly types: readonly TypeSpec[];
  readonly funcs: readonly Func[];
  /** The `//go:build` expression, or what `+build` lines say in that form. */
  readonly buildTags: string | undefined;
  /** True for files with the "Code generated … DO NOT EDIT." line. */
  readonly generated: boolean;
  /** Where the parser first stumbled. */
  readonly syntaxError: number | undefined;
}

/**
 * What stands above the package clause: the place for build constraints and for the mark of
 * generated files.
 */
function head(text: string): string {
  const end = text.search(/^\uFEFF?package\s/m);
  return (end < 0 ? text : text.slice(0, end)).replace(/^\uFEFF/, '');
}

/**
 * The `//go:build` expression of a text, as written, or what its `+build` lines say in that form.
 */
export function buildConstraint(text: string): string | undefined {
  const above = head(text);
  const modern = /^\/\/go:build\s+(.+?)\s*$/m.exec(above);
  if (modern) return modern[1];
  const old = [...above.matchAll(/^\/\/\s*\+build\s+(.+?)\s*$/gm)].map(m => m[1]!);
  return old.length ? old.map(asExpression).join(' && ') : undefined;
}

/** The line that marks generated files (https://go.dev/s/generatedcode). */
export function isGenerated(text: string): boolean {
  return /^\/\/ Code generated .* DO NOT EDIT\.\r?$/m.test(head(text));
}

/** A `+build` line as an expression: a space means or, a comma and. */
function asExpression(line: string): string {
  const options = line.split(/\s+/).map(option => option.replaceAll(',', ' && '));
  return options.length === 1 ? options[0]! : `(${options.join(' || ')})`;
}

/** All imports of a file. */
export function importsOf(facts: FileFacts): Import[] {
  return facts.imports.flatMap(block => block.imports);
}
