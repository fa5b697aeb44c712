import { lineEnd, lineStart } from '../../go/edit/edit.ts';
import type { FileFacts } from '../../go/source/facts.ts';

/**
 * A declaration of a package, with the comment above it, and the names it declares. Specs of one
 * group belong together.
 */
export interface Part {
  readonly facts: FileFacts;
  /** From the comment above it to the end of its last line. */
  readonly start: number;
  readonly end: number;
  readonly names: readonly string[];
  /** The receiver's type, for a method. */
  readonly receiver: string | undefined;
  /** Its code, without comments and strings. */
  readonly code: string;
}

/** The declarations of a file, in order. */
export function partsOfFile(facts: FileFacts): Part[] {
  const { text } = facts;
  const found = new Map<number, { end: number; names: string[]; receiver?: string }>();
  const add = (start: number, end: number, name: string, receiver?: string) => {
    const known = found.get(start);
    if (known) known.names.push(name);
    else found.set(start, { end, names: [name], ...(receiver !== undefined && { receiver }) });
  };
  for (const spec of [...facts.consts, ...facts.vars])
    add(spec.declaration.start, spec.declaration.end, spec.name);
  for (const type of facts.types) add(text.lastIndexOf('type', type.start), type.end, type.name);
  for (const func of facts.funcs) add(func.start, func.end, func.name, func.receiver?.type);
  return [...found]
    .sort(([a], [b]) => a - b)
    .map(([start, { end, names, receiver }]) => ({
      facts,
      start: commentStart(text, start),
      end: lineEnd(text, end),
      names,
      receiver,
      code: code(text.slice(start, end)),
    }));
}

/** Where the comment above a declaration begins. */
export function commentStart(text: string, start: number): number {
  let at = lineStart(text, start);
  while (at > 0) {
    const above = lineStart(text, at - 1);
    if (!/^\s*\/\//.test(text.slice(above, at))) break;
    at = above;
  }
  return at;
}

/** Behind the blank lines that follow a declaration. */
export function behindBlank(text: string, end: number): number {
  return end + /^(?:[ \t]*\r?\n)*/.exec(text.slice(end))![0].length;
}

/** Text without what is only said. */
function code(text: string): string {
  return text.replace(
    /"(?:[^"\\\n]|\\.)*"|`[^`]*`|'(?:[^'\\]|\\.)+'|\/\/[^\n]*|\/\*[^]*?\*\//g,
    ' ',
  );
}

/**
 * The declarations that some of them need, these included: by name, and methods by their type; of
 * the unexported methods those that are called, for an interface of another package cannot ask for
 * one. `_` is kept for what it speaks of.
 */
export function reachedFrom(parts: readonly Part[], roots: readonly Part[]): ReadonlySet<Part> {
  const reached = new Set(roots);
  const declared = new Map(
    parts.flatMap(p => (p.receiver === undefined ? p.names.map(n => [n, p] as const) : [])),
  );
  for (let before = -1; before !== reached.size; ) {
    before = reached.size;
    const names = new Set([...reached].flatMap(p => (p.receiver === undefined ? p.names : [])));
    for (const part of [...reached])
      for (const [name, other] of declared) if (mentions(part.code, name)) reached.add(other);
    for (const part of parts) {
      if (
        part.receiver !== undefined &&
        names.has(part.receiver) &&
        (isExported(part) || calls(reached, part))
      )
        reached.add(part);
      if (
        part.names.every(n => n === '_') &&
        [...declared.keys()].filter(n => mentions(part.code, n)).some(n => names.has(n))
      )
        reached.add(part);
    }
  }
  return reached;
}

function isExported(part: Part): boolean {
  return part.names.some(name => /^\p{Lu}/u.test(name));
}

function calls(reached: ReadonlySet<Part>, method: Part): boolean {
  return [...reached].some(
    part =>
      part !== method &&
      method.names.some(name => new RegExp(`\\.${name}\\b|\\b${name}\\(`).test(part.code)),
  );
}

/**
 * Whether code has the name where it stands for the package's own: not behind a dot, and not as a
 * literal's key.
 */
function mentions(code: string, name: string): boolean {
  return new RegExp(`(^|[^\\w.])${name}\\b(?!\\s*:[^=])`).test(code);
}
