import type { SyntaxNode } from '../syntax/syntax.ts';
import type { Func, ImportBlock, TypeSpec, ValueSpec } from './facts.ts';

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

/** A function, shifted. */
export function shiftFunc(func: Func, by: number): Func {
  return {
    ...moved(func, by),
    nameStart: func.nameStart + by,
    nameEnd: func.nameEnd + by,
    syntax: func.syntax && shiftSyntax(func.syntax, by),
  };
}
