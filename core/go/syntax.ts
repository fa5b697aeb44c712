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

/** Copies the node and everything below it. No recursion: a file may nest deeper than JavaScript's stack is high. */
export function copySyntax(node: Node): Syn {
  const cursor = node.walk();
  try {
    const root: Growing = { type: cursor.nodeType, start: cursor.startIndex, end: cursor.endIndex, field: undefined, children: [], parent: undefined };
    const levels: Level[] = [];
    let below: Level | undefined = isString(root.type) ? undefined : { into: root, inherited: undefined };
    for (;;) {
      if (below && cursor.gotoFirstChild()) levels.push(below);
      else {
        while (levels.length > 0 && !cursor.gotoNextSibling()) {
          cursor.gotoParent();
          levels.pop();
        }
      }
      const level = levels.at(-1);
      if (!level) return root;
      below = copyAt(cursor, level);
    }
  } finally {
    cursor.delete();
  }
}

/** Where the children of a node are copied to, and the role they take over from a wrapper that is left out. */
interface Level { readonly into: Growing; readonly inherited: string | undefined }

/** Copies the cursor's node without its children; where these are wanted, gives back where they go. */
function copyAt(cursor: TreeCursor, { into, inherited }: Level): Level | undefined {
  const field = cursor.currentFieldName ?? inherited;
  if (!cursor.nodeIsNamed && field !== 'operator') return undefined;
  const type = cursor.nodeType;
  if (transparent.has(type)) return { into, inherited: field };
  const copy: Growing = { type, start: cursor.startIndex, end: cursor.endIndex, field, children: [], parent: into };
  into.children.push(copy);
  return isString(type) ? undefined : { into: copy, inherited: undefined };
}

/** Strings are copied whole: their text says it all. */
function isString(type: string): boolean {
  return type === 'interpreted_string_literal' || type === 'raw_string_literal';
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
  const waiting = [node];
  for (let at = waiting.pop(); at; at = waiting.pop()) {
    yield at;
    for (let i = at.children.length - 1; i >= 0; i--) waiting.push(at.children[i]!);
  }
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
  return body.replace(/((?:\\x[0-9a-fA-F]{2}|\\[0-7]{3})+)|\\(u[0-9a-fA-F]{4}|U[0-9a-fA-F]{8}|.)/g, (_, bytes?: string, escape?: string) => {
    if (bytes !== undefined) return bytesValue(bytes);
    if (!/^[uU]./.test(escape!)) return simple[escape!] ?? escape!;
    const code = parseInt(escape!.slice(1), 16);
    return code > 0x10ffff || (code >= 0xd800 && code <= 0xdfff) ? '\ufffd' : String.fromCodePoint(code);
  });
}

/** `\x` and octal escapes are bytes; several may spell one character. */
function bytesValue(escapes: string): string {
  const bytes = [...escapes.matchAll(/\\(?:x(..)|(...))/g)].map(([, hex, octal]) => hex ? parseInt(hex, 16) : parseInt(octal!, 8) & 0xff);
  return new TextDecoder('utf-8', { ignoreBOM: true }).decode(new Uint8Array(bytes));
}

const escapes: Record<string, string> = { '\x07': 'a', '\b': 'b', '\f': 'f', '\n': 'n', '\r': 'r', '\t': 't', '\v': 'v', '"': '"', '\\': '\\' };

/** A Go string literal with that value, as strconv.Quote would write it: nothing invisible stays. */
export function quote(value: string): string {
  let out = '';
  for (const c of value) {
    const code = c.codePointAt(0)!;
    if (escapes[c]) out += '\\' + escapes[c];
    else if (/[\p{L}\p{M}\p{N}\p{P}\p{S} ]/u.test(c)) out += c;
    else if (code < 0x80) out += '\\x' + code.toString(16).padStart(2, '0');
    else if (code >= 0xd800 && code <= 0xdfff) out += '\\ufffd';
    else if (code < 0x10000) out += '\\u' + code.toString(16).padStart(4, '0');
    else out += '\\U' + code.toString(16).padStart(8, '0');
  }
  return `"${out}"`;
}
