import type { SyntaxNode } from '../syntax/syntax.ts';
import type { Func, ImportBlock, TypeSpec, ValueSpec } from './facts.ts';
import { sameWords } from './func-words.ts';

type Mutable<T> = { -readonly [K in keyof T]: T[K] };

/**
 * A copy of the syntax for a text in which it stands further on by so many units (further up where
 * negative).
 */
export function shiftSyntax(node: SyntaxNode, by: number): SyntaxNode {
  const root = shifted(node, by, undefined);
  const waiting: [SyntaxNode, Mutable<SyntaxNode>][] = [[node, root]];
  for (let next = waiting.pop(); next; next = waiting.pop()) {
    const [from, to] = next;
    if (from.children.length > 0)
      to.children = from.children.map(child => {
        const copy = shifted(child, by, to);
        if (child.children.length > 0) waiting.push([child, copy]);
        return copy;
      });
  }
  return root;
}

function shifted(
  { type, start, end, field, children }: SyntaxNode,
  by: number,
  parent: SyntaxNode | undefined,
): Mutable<SyntaxNode> {
  return { type, start: start + by, end: end + by, field, children, parent };
}

function moved<T extends { readonly start: number; readonly end: number }>(
  range: T,
  by: number,
): T {
  return { ...range, start: range.start + by, end: range.end + by };
}

/** An import declaration, shifted. */
export function shiftImports(block: ImportBlock, by: number): ImportBlock {
  return { ...moved(block, by), imports: block.imports.map(one => moved(one, by)) };
}

/** Constants or variables of one declaration, shifted; what they share stays shared. */
export function shiftValues(specs: readonly ValueSpec[], by: number): ValueSpec[] {
  const copies = new Map<object, unknown>();
  const once = <T extends object, C>(thing: T, copy: (thing: T) => C): C => {
    if (!copies.has(thing)) copies.set(thing, copy(thing));
    return copies.get(thing) as C;
  };
  const syntax = (node: SyntaxNode | undefined) => node && once(node, n => shiftSyntax(n, by));
  return specs.map(spec => ({
    ...moved(spec, by),
    nameStart: spec.nameStart + by,
    nameEnd: spec.nameEnd + by,
    value: syntax(spec.value),
    type: syntax(spec.type),
    declaration: once(spec.declaration, declaration => moved(declaration, by)),
  }));
}

/** A type, shifted. */
export function shiftType(type: TypeSpec, by: number): TypeSpec {
  return { ...moved(type, by), syntax: shiftSyntax(type.syntax, by) };
}

/** The syntax of a function as it was read, and how far the function has moved since. */
interface Unmoved {
  readonly syntax: SyntaxNode;
  readonly by: number;
}

/** Of functions whose syntax nobody asked for since they moved. */
const unmoved = new WeakMap<Func, Unmoved>();

/** A function, shifted; its syntax, the most of it, once somebody asks for it. */
export function shiftFunc(func: Func, by: number): Func {
  const known = unmoved.get(func);
  const from = known ? { syntax: known.syntax, by: known.by + by } : asRead(func, by);
  const { name, receiver, start, end, nameStart, nameEnd } = func;
  const copy: Func = {
    name,
    nameStart: nameStart + by,
    nameEnd: nameEnd + by,
    receiver,
    start: start + by,
    end: end + by,
    get syntax() {
      if (!from) return undefined;
      const syntax = shiftSyntax(from.syntax, from.by);
      Object.defineProperty(copy, 'syntax', { value: syntax, enumerable: true });
      unmoved.delete(copy);
      return syntax;
    },
  };
  if (from) unmoved.set(copy, from);
  sameWords(func, copy);
  return copy;
}

function asRead({ syntax }: Func, by: number): Unmoved | undefined {
  return syntax && { syntax, by };
}
