import type { Node, TreeCursor } from 'web-tree-sitter';

/**
 * A piece of Go syntax as plain data, copied out of the parser's memory.
 * Types are those of tree-sitter-go; wrappers that say nothing (`literal_element`, `statement_list`) are left out,
 * as are anonymous tokens other than operators.
 */
export interface Syn {
  readonly type: string;
  /** Offsets into the file's text, UTF-16 units. */
  readonly start: number;
  readonly end: number;
  /** The role in the parent (`function`, `arguments`, `left` …), where the grammar gives it one. */
  readonly field: string | undefined;
  readonly children: readonly Syn[];
  readonly parent: Syn | undefined;
}

const transparent = new Set(['literal_element', 'statement_list']);

interface Growing { type: string; start: number; end: number; field: string | undefined; children: Growing[]; parent: Growing | undefined }

/** Copies the node and everything below it. */
export function copySyntax(node: Node): Syn {
  const cursor = node.walk();
  try {
    return copyAt(cursor, undefined, undefined)!;
  } finally {
    cursor.delete();
  }
}

function copyAt(cursor: TreeCursor, parent: Growing | undefined, inherited: string | undefined): Growing | undefined {
  const field = cursor.currentFieldName ?? inherited;
  if (!cursor.nodeIsNamed && field !== 'operator') return undefined;
  const type = cursor.nodeType;
  if (transparent.has(type) && parent) {
    eachChild(cursor, () => add(parent, copyAt(cursor, parent, field)));
    return undefined;
  }
  const copy: Growing = { type, start: cursor.startIndex, end: cursor.endIndex, field, children: [], parent };
  if (type !== 'interpreted_string_literal' && type !== 'raw_string_literal') {
    eachChild(cursor, () => add(copy, copyAt(cursor, copy, undefined)));
  }
  return copy;
}

function add(parent: Growing, child: Growing | undefined): void {
  if (child) parent.children.push(child);
}

function eachChild(cursor: TreeCursor, visit: () => void): void {
  if (!cursor.gotoFirstChild()) return;
  do visit(); while (cursor.gotoNextSibling());
  cursor.gotoParent();
}

/** The child in that role. */
export function child(node: Syn | undefined, field: string): Syn | undefined {
  return node?.children.find(c => c.field === field);
}

/** All children in that role, without comments. */
export function childrenOf(node: Syn | undefined, field: string): Syn[] {
  return node?.children.filter(c => c.field === field && c.type !== 'comment') ?? [];
}

/** The children without comments. */
export function parts(node: Syn | undefined): Syn[] {
  return node?.children.filter(c => c.type !== 'comment') ?? [];
}

/** Every node below (and with) this one, in source order. */
export function* descend(node: Syn): Generator<Syn> {
  yield node;
  for (const below of node.children) yield* descend(below);
}

/** The nodes of that type below this one. */
export function findAll(node: Syn | undefined, type: string): Syn[] {
  const found: Syn[] = [];
  if (node) for (const below of descend(node)) if (below.type === type) found.push(below);
  return found;
}

/** The nearest ancestor of one of the types. */
export function enclosing(node: Syn, ...types: string[]): Syn | undefined {
  for (let at = node.parent; at; at = at.parent) if (types.includes(at.type)) return at;
  return undefined;
}

/** A node without the parentheses around it. */
export function bare(node: Syn): Syn {
  let at = node;
  while (at.type === 'parenthesized_expression' && parts(at)[0]) at = parts(at)[0]!;
  return at;
}

/** Without a leading `&` or `*`. */
export function unref(node: Syn): Syn {
  const at = bare(node);
  return at.type === 'unary_expression' ? unref(child(at, 'operand') ?? at) : at;
}

/** The arguments of a call. */
export function args(call: Syn): Syn[] {
  return parts(child(call, 'arguments'));
}

/** The last name of what a call calls: `SetUpgradeHandler` for `app.Keepers.UpgradeKeeper.SetUpgradeHandler(…)`. */
export function calleeName(call: Syn, text: string): string {
  const callee = child(call, 'function');
  if (!callee) return '';
  const name = callee.type === 'selector_expression' ? child(callee, 'field')! : callee;
  return text.slice(name.start, name.end);
}

/** The calls of a function or method of that name below the node. */
export function callsOf(node: Syn | undefined, text: string, ...names: string[]): Syn[] {
  return findAll(node, 'call_expression').filter(call => names.includes(calleeName(call, text)));
}

/** The value of a string literal, or undefined where the node is not one. */
export function stringLiteral(node: Syn, text: string): string | undefined {
  const raw = text.slice(node.start, node.end);
  if (node.type === 'raw_string_literal') return raw.slice(1, -1).replaceAll('\r', '');
  if (node.type !== 'interpreted_string_literal') return undefined;
  return unquote(raw.slice(1, -1));
}

const simple: Record<string, string> = { n: '\n', t: '\t', r: '\r', a: '\x07', b: '\b', f: '\f', v: '\v', '\\': '\\', "'": "'", '"': '"' };

function unquote(body: string): string {
  return body.replace(/\\(x[0-9a-fA-F]{2}|u[0-9a-fA-F]{4}|U[0-9a-fA-F]{8}|[0-7]{3}|.)/g, (_, escape: string) => {
    if (/^[xuU]/.test(escape)) return String.fromCodePoint(parseInt(escape.slice(1), 16));
    if (/^[0-7]{3}$/.test(escape)) return String.fromCharCode(parseInt(escape, 8));
    return simple[escape] ?? escape;
  });
}

/** A Go string literal with that value, quoted as gofmt and strconv.Quote would. */
export function quote(value: string): string {
  return JSON.stringify(value).replace(/[\u007f-\u009f\u2028\u2029\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff]/g,
    c => '\\u' + c.charCodeAt(0).toString(16).padStart(4, '0'));
}
