import { commentStart } from '../../go/edit/comment-above.ts';
import { lineEnd } from '../../go/edit/edit.ts';
import type { FileFacts } from '../../go/source/facts.ts';
import { isExported } from '../go-tree.ts';

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

/** Whether a part declares a function, type or value of that name; methods are left out. */
export function declares({ receiver, names }: Part, name: string): boolean {
  return receiver === undefined && names.includes(name);
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
      code: withoutComments(text.slice(start, end)),
    }));
}

/** Behind the blank lines that follow a declaration. */
export function behindBlank(text: string, end: number): number {
  return end + /^(?:[ \t]*\r?\n)*/.exec(text.slice(end))![0].length;
}

/** Go without its comments and the contents of its strings. */
function withoutComments(text: string): string {
  return text.replace(
    /"(?:[^"\\\n]|\\.)*"|`[^`]*`|'(?:[^'\\]|\\.)+'|\/\/[^\n]*|\/\*[\s\S]*?\*\//g,
    ' ',
  );
}

/**
 * The declarations that some of them need, these included: by name, and methods by their type; of
 * the unexported methods those that are called, for an interface of another package cannot ask for
 * one. Declarations of `_` are kept with the names they mention.
 */
export function reachedFrom(parts: readonly Part[], roots: readonly Part[]): ReadonlySet<Part> {
  const reached = new Set(roots);
  const declared = new Map(
    parts
      .filter(part => part.receiver === undefined)
      .flatMap(part => part.names.map(name => [name, part] as const)),
  );
  for (let before = -1; before !== reached.size; ) {
    before = reached.size;
    for (const part of namedBy(reached, declared)) reached.add(part);
    const names = new Set([...reached].filter(p => p.receiver === undefined).flatMap(p => p.names));
    for (const part of parts)
      if (isNeededMethod(part, names, reached) || isAssertion(part, names, declared))
        reached.add(part);
  }
  return reached;
}

/** The declarations that the code of others mentions. */
function namedBy(reached: ReadonlySet<Part>, declared: ReadonlyMap<string, Part>): Part[] {
  const code = [...reached].map(part => part.code);
  return [...declared]
    .filter(([name]) => code.some(text => mentions(text, name)))
    .map(([, part]) => part);
}

function isNeededMethod(
  part: Part,
  names: ReadonlySet<string>,
  reached: ReadonlySet<Part>,
): boolean {
  if (part.receiver === undefined || !names.has(part.receiver)) return false;
  return part.names.some(isExported) || isCalled(part, reached);
}

/** `var _ Interface = Type{}`, where the type is one of the names. */
function isAssertion(
  part: Part,
  names: ReadonlySet<string>,
  declared: ReadonlyMap<string, Part>,
): boolean {
  if (part.names.some(name => name !== '_')) return false;
  return [...declared.keys()].some(name => names.has(name) && mentions(part.code, name));
}

function isCalled(method: Part, reached: ReadonlySet<Part>): boolean {
  return [...reached].some(
    part =>
      part !== method &&
      method.names.some(name => new RegExp(`\\.${name}\\b|\\b${name}\\(`).test(part.code)),
  );
}

/**
 * Whether code has the name where it means the package's own: not behind a dot, and not as a
 * literal's key.
 */
function mentions(code: string, name: string): boolean {
  return new RegExp(`(^|[^\\w.])${name}\\b(?!\\s*:[^=])`).test(code);
}
