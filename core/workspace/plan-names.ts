import { dirname } from '../files.ts';
import type { Expr, Value } from '../go/eval/value.ts';
import { exprAt, stringValue } from '../go/eval/value.ts';
import type { Repo } from '../go/repo/repo.ts';
import type { FileFacts, ValueSpec } from '../go/source/facts.ts';
import type { SyntaxNode } from '../go/syntax/syntax.ts';
import type { Position } from './hunks.ts';
import { offsetAt } from './text-range.ts';

/** A string that stands at a position, or that a constant has whose name stands there. */
export interface NamedAt {
  readonly value: Value;
  /** The declaration that the position lies in. */
  readonly start: number;
  readonly end: number;
  /** The literal, where one stands there. */
  readonly literal?: { readonly start: number; readonly end: number };
}

/** The string literal or the name of a constant at a position; undefined at all else. */
export function stringAt(repo: Repo, file: string, position: Position): NamedAt | undefined {
  const facts = repo.facts(file);
  const offset = offsetAt(repo, file, position);
  if (!facts || offset === undefined) return undefined;
  const holds = (range: { readonly start: number; readonly end: number }) =>
    range.start <= offset && offset <= range.end;
  const spec = [...facts.consts, ...facts.vars].find(holds);
  if (spec) return inSpec(repo, facts, spec, offset);
  const func = facts.funcs.find(holds);
  const syntax = func && repo.syntaxOf({ facts, func });
  const found = syntax && valueAt(repo, { facts, node: syntax }, offset);
  return found && { ...found, start: func.start, end: func.end };
}

/** A constant by its own name, or what stands in the value of a constant or variable. */
function inSpec(
  repo: Repo,
  facts: FileFacts,
  { name, value: node, start, end, nameStart, nameEnd }: ValueSpec,
  offset: number,
): NamedAt | undefined {
  if (!node) return undefined;
  const expr = { facts, node };
  if (nameStart > offset || offset > nameEnd) {
    const found = valueAt(repo, expr, offset);
    return found && { ...found, start, end };
  }
  const value = stringValue(repo, expr);
  const path = repo.layout.importPath(dirname(facts.path));
  if (value.kind !== 'known' || path === undefined) return undefined;
  return { value: { ...value, const: `${path}.${name}` }, start, end };
}

/** The string of the literal, or of the name of a constant, at an offset of some syntax. */
function valueAt(
  repo: Repo,
  whole: Expr,
  offset: number,
): Pick<NamedAt, 'value' | 'literal'> | undefined {
  for (let node = smallestAt(whole.node, offset); node; node = parentName(node)) {
    const isLiteral = /^(interpreted|raw)_string_literal$/.test(node.type);
    const isName = /identifier$|^selector_expression$/.test(node.type);
    if (!isLiteral && !isName) continue;
    const value = stringValue(repo, exprAt(whole, node));
    if (value.kind !== 'known') continue;
    if (isLiteral) return { value, literal: node };
    if (value.const !== undefined) return { value };
  }
  return undefined;
}

/** What a name or a piece of a literal belongs to: the literal, or the selector that it ends. */
function parentName({ field, parent }: SyntaxNode): SyntaxNode | undefined {
  const isPart = parent?.type.endsWith('string_literal') || field === 'field';
  return isPart ? parent : undefined;
}

function smallestAt(node: SyntaxNode, offset: number): SyntaxNode | undefined {
  if (offset < node.start || node.end < offset) return undefined;
  for (const child of node.children) {
    const found = smallestAt(child, offset);
    if (found) return found;
  }
  return node;
}
