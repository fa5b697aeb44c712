import type { Language, Node, TreeCursor } from 'web-tree-sitter';

/**
 * A piece of Go syntax as plain data, copied out of the parser's memory.
 * Types are those of tree-sitter-go; wrappers that say nothing (`literal_element`,
 * `statement_list`) are left out, as are anonymous tokens other than operators.
 */
export interface SyntaxNode {
  readonly type: string;
  /** Offsets into the file's text, UTF-16 units. */
  readonly start: number;
  readonly end: number;
  /** The role in the parent (`function`, `arguments`, `left` …), where the grammar gives it one. */
  readonly field: string | undefined;
  readonly children: readonly SyntaxNode[];
  readonly parent: SyntaxNode | undefined;
}

/** The children of the many nodes that have none. */
const none: never[] = [];

interface Growing {
  type: string;
  start: number;
  end: number;
  field: string | undefined;
  children: Growing[];
  parent: Growing | undefined;
}

/**
 * Gives a copy of its own of a statement that an earlier version has of that type between these
 * offsets, with the same text.
 */
export type KnownStatement = (type: string, start: number, end: number) => SyntaxNode | undefined;

/**
 * Copies the node and everything below it. No recursion: a file may nest deeper than JavaScript's
 * stack is high. Statements of a function's own block that are `known` are taken over; copying in
 * JavaScript costs much less than asking the parser.
 */
export function copySyntax(node: Node, known?: KnownStatement): SyntaxNode {
  const cursor = node.walk();
  try {
    const broken = known !== undefined && node.hasError;
    const sound: KnownStatement | undefined =
      known &&
      ((...place) => {
        const found = known(...place);
        return found && broken && cursor.currentNode.hasError ? undefined : found;
      });
    const { fields } = node.tree.language;
    const kinds = kindsOf(node.tree.language);
    const kind = kinds[cursor.nodeTypeId] ?? error;
    const root: Growing = {
      type: kind.type,
      start: cursor.startIndex,
      end: cursor.endIndex,
      field: undefined,
      children: [],
      parent: undefined,
    };
    const levels: Level[] = [];
    let below: Level | undefined =
      kind.copied === 'whole'
        ? undefined
        : { into: root, inherited: undefined, named: kind.fields };
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
      below = copyAt(
        cursor,
        level,
        kinds,
        fields,
        sound && level.into.type === 'block' && level.into.parent === root ? sound : undefined,
      );
    }
  } finally {
    cursor.delete();
  }
}

/**
 * Where the children of a node are copied to, the role they take over from a wrapper that is left
 * out, and whether they may have one of their own.
 */
interface Level {
  readonly into: Growing;
  readonly inherited: string | undefined;
  readonly named: boolean;
}

/**
 * Copies the cursor's node without its children; where these are wanted, gives back where they go.
 * Every question to the cursor costs: few are asked.
 */
function copyAt(
  cursor: TreeCursor,
  { into, inherited, named }: Level,
  kinds: readonly Kind[],
  fields: readonly (string | null)[],
  known?: KnownStatement,
): Level | undefined {
  const kind = kinds[cursor.nodeTypeId] ?? error;
  if (kind.copied === 'never') return undefined;
  const field = (named ? fields[cursor.currentFieldId] : undefined) ?? inherited;
  if (kind.copied === 'as operator' && field !== 'operator') return undefined;
  if (kind.copied === 'children only') return { into, inherited: field, named: kind.fields };
  const alone = kind.copied === 'whole';
  const start = cursor.startIndex;
  const end = cursor.endIndex;
  const found = alone ? undefined : (known?.(kind.type, start, end) as Growing | undefined);
  if (found) {
    found.parent = into;
    into.children.push(found);
    return undefined;
  }
  const copy: Growing = {
    type: kind.type,
    start,
    end,
    field,
    children: alone ? none : [],
    parent: into,
  };
  into.children.push(copy);
  return alone ? undefined : { into: copy, inherited: undefined, named: kind.fields };
}

/** How nodes of one type are copied, and whether their children have roles. */
interface Kind {
  readonly type: string;
  readonly copied: 'with children' | 'whole' | 'children only' | 'as operator' | 'never';
  readonly fields: boolean;
}

const error: Kind = { type: 'ERROR', copied: 'with children', fields: true };
const transparent = new Set(['literal_element', 'statement_list']);
/** Types without children, and strings: their text says it all. */
const whole = new Set([
  'interpreted_string_literal',
  'raw_string_literal',
  'identifier',
  'blank_identifier',
  'field_identifier',
  'package_identifier',
  'type_identifier',
  'label_name',
  'int_literal',
  'float_literal',
  'imaginary_literal',
  'rune_literal',
  'nil',
  'true',
  'false',
  'iota',
  'comment',
]);
/** Types whose children have no roles. */
const plain = new Set([
  'argument_list',
  'block',
  'expression_list',
  'field_declaration_list',
  'literal_element',
  'literal_value',
  'parameter_list',
  'statement_list',
]);
const tables = new WeakMap<Language, readonly Kind[]>();

/** The kinds of a language's nodes, by type number. */
function kindsOf(language: Language): readonly Kind[] {
  let kinds = tables.get(language);
  if (!kinds) {
    kinds = Array.from(language.types, (type, id): Kind => {
      const copied = copiedHow(type, language.nodeTypeIsNamed(id));
      return { type: type || 'ERROR', copied, fields: !plain.has(type) };
    });
    tables.set(language, kinds);
  }
  return kinds;
}

function copiedHow(type: string, isNamed: boolean): Kind['copied'] {
  if (!isNamed) return /^[-+*/%&|^<>=!]+$/.test(type) ? 'as operator' : 'never';
  if (whole.has(type)) return 'whole';
  return transparent.has(type) ? 'children only' : 'with children';
}

/** The child in that role. */
export function childByField(node: SyntaxNode | undefined, field: string): SyntaxNode | undefined {
  return node?.children.find(c => c.field === field);
}

/** All children in that role, without comments. */
export function childrenByField(node: SyntaxNode | undefined, field: string): SyntaxNode[] {
  return node?.children.filter(c => c.field === field && c.type !== 'comment') ?? [];
}

/** The children without comments. */
export function namedChildren(node: SyntaxNode | undefined): SyntaxNode[] {
  return node?.children.filter(c => c.type !== 'comment') ?? [];
}

/** Every node below (and with) this one, in source order. */
export function* descend(node: SyntaxNode): Generator<SyntaxNode> {
  const waiting = [node];
  for (let at = waiting.pop(); at; at = waiting.pop()) {
    yield at;
    for (let i = at.children.length - 1; i >= 0; i--) waiting.push(at.children[i]!);
  }
}

/** The nodes of that type, or of either of two, below this one. */
export function findAll(node: SyntaxNode | undefined, type: string, or?: string): SyntaxNode[] {
  const found: SyntaxNode[] = [];
  const waiting = node ? [node] : [];
  for (let at = waiting.pop(); at; at = waiting.pop()) {
    if (at.type === type || at.type === or) found.push(at);
    for (let i = at.children.length - 1; i >= 0; i--) waiting.push(at.children[i]!);
  }
  return found;
}

/** The nearest ancestor of one of the types. */
export function enclosing(node: SyntaxNode, ...types: string[]): SyntaxNode | undefined {
  for (let at = node.parent; at; at = at.parent) if (types.includes(at.type)) return at;
  return undefined;
}

/** The function, method or function literal that a node stands in. */
export function enclosingFunction(node: SyntaxNode): SyntaxNode | undefined {
  return enclosing(node, 'func_literal', 'function_declaration', 'method_declaration');
}

/** The return statements of a function's own body, without those of closures in it. */
export function returnsOf(fn: SyntaxNode | undefined): SyntaxNode[] {
  return findAll(childByField(fn, 'body'), 'return_statement').filter(
    statement => enclosingFunction(statement) === fn,
  );
}

/** What a function returns first, where it has a single return statement. */
export function onlyResult(fn: SyntaxNode | undefined): SyntaxNode | undefined {
  const returns = returnsOf(fn);
  return returns.length === 1 ? namedChildren(namedChildren(returns[0])[0])[0] : undefined;
}

/** The `x := range y` of a loop; undefined for other loops. */
export function rangeClause(loop: SyntaxNode | undefined): SyntaxNode | undefined {
  return loop?.children.find(child => child.type === 'range_clause');
}

/** The names of a function's parameters, in order; a parameter without a name is left out. */
export function parameterNames(fn: SyntaxNode | undefined, text: string): string[] {
  return namedChildren(childByField(fn, 'parameters')).flatMap(parameter =>
    childrenByField(parameter, 'name').map(name => text.slice(name.start, name.end)),
  );
}

/** A node without the parentheses around it. */
export function withoutParens(node: SyntaxNode): SyntaxNode {
  let at = node;
  while (at.type === 'parenthesized_expression' && namedChildren(at)[0]) at = namedChildren(at)[0]!;
  return at;
}

/** Without a leading `&` or `*`. */
export function withoutAddressOf(node: SyntaxNode): SyntaxNode {
  const at = withoutParens(node);
  return at.type === 'unary_expression' ? withoutAddressOf(childByField(at, 'operand') ?? at) : at;
}

/** The arguments of a call. */
export function callArguments(call: SyntaxNode): SyntaxNode[] {
  return namedChildren(childByField(call, 'arguments'));
}

/**
 * The last name of what a call calls: `SetUpgradeHandler` for
 * `app.Keepers.UpgradeKeeper.SetUpgradeHandler(…)`.
 */
export function calleeName(call: SyntaxNode, text: string): string {
  const callee = childByField(call, 'function');
  if (!callee) return '';
  const name = callee.type === 'selector_expression' ? childByField(callee, 'field')! : callee;
  return text.slice(name.start, name.end);
}

/** The calls of functions or methods of these names below the node. */
export function callsOf(
  node: SyntaxNode | undefined,
  text: string,
  ...names: string[]
): SyntaxNode[] {
  if (!node) return [];
  let known = calls.get(node);
  if (!known) {
    // A function is asked for many names: its calls are gathered once.
    known = callsByName(node, text);
    calls.set(node, known);
  }
  const byName = known;
  const found = names.flatMap(name => byName.get(name) ?? []);
  if (names.length > 1) found.sort((a, b) => a.order - b.order);
  return found.map(({ call }) => call);
}

/** A call, and its number in source order. */
interface Called {
  readonly call: SyntaxNode;
  readonly order: number;
}

const calls = new WeakMap<SyntaxNode, ReadonlyMap<string, readonly Called[]>>();

function callsByName(node: SyntaxNode, text: string): Map<string, Called[]> {
  const found = new Map<string, Called[]>();
  for (const [order, call] of findAll(node, 'call_expression').entries()) {
    const name = calleeName(call, text);
    const same = found.get(name);
    if (same) same.push({ call, order });
    else found.set(name, [{ call, order }]);
  }
  return found;
}

/** The value of a string literal, or undefined where the node is not one. */
export function stringLiteral(node: SyntaxNode, text: string): string | undefined {
  const raw = text.slice(node.start, node.end);
  if (node.type === 'raw_string_literal') return raw.slice(1, -1).replaceAll('\r', '');
  if (node.type !== 'interpreted_string_literal') return undefined;
  return unquote(raw.slice(1, -1));
}

const simple: Record<string, string> = {
  n: '\n',
  t: '\t',
  r: '\r',
  a: '\x07',
  b: '\b',
  f: '\f',
  v: '\v',
  '\\': '\\',
  "'": "'",
  '"': '"',
};

/** Runs of escapes that spell bytes, and every other escape. */
const escapeSequence = /((?:\\x[0-9a-fA-F]{2}|\\[0-7]{3})+)|\\(u[0-9a-fA-F]{4}|U[0-9a-fA-F]{8}|.)/g;

function unquote(body: string): string {
  return body.replace(escapeSequence, (_, bytes?: string, other?: string) => {
    if (bytes !== undefined) return bytesValue(bytes);
    return /^[uU]./.test(other!) ? codePoint(other!) : (simple[other!] ?? other!);
  });
}

/** The character of `u00e9` or `U0001F600`; the replacement character where it is none. */
function codePoint(digits: string): string {
  const code = parseInt(digits.slice(1), 16);
  const isSurrogate = code >= 0xd800 && code <= 0xdfff;
  return code > 0x10ffff || isSurrogate ? '\ufffd' : String.fromCodePoint(code);
}

/** `\x` and octal escapes are bytes; several may spell one character. */
function bytesValue(escapes: string): string {
  const bytes = [...escapes.matchAll(/\\(?:x(..)|(...))/g)].map(([, hex, octal]) =>
    hex ? parseInt(hex, 16) : parseInt(octal!, 8) & 0xff,
  );
  return new TextDecoder('utf-8', { ignoreBOM: true }).decode(new Uint8Array(bytes));
}

const escapes: Record<string, string> = {
  '\x07': 'a',
  '\b': 'b',
  '\f': 'f',
  '\n': 'n',
  '\r': 'r',
  '\t': 't',
  '\v': 'v',
  '"': '"',
  '\\': '\\',
};

/**
 * A Go string literal with that value, as strconv.Quote would write it: nothing invisible stays.
 */
export function quote(value: string): string {
  let out = '';
  for (const c of value) {
    const code = c.codePointAt(0)!;
    if (escapes[c]) out += `\\${escapes[c]}`;
    else if (/[\p{L}\p{M}\p{N}\p{P}\p{S} ]/u.test(c)) out += c;
    else if (code < 0x80) out += `\\x${code.toString(16).padStart(2, '0')}`;
    else if (code >= 0xd800 && code <= 0xdfff) out += '\\ufffd';
    else if (code < 0x10000) out += `\\u${code.toString(16).padStart(4, '0')}`;
    else out += `\\U${code.toString(16).padStart(8, '0')}`;
  }
  return `"${out}"`;
}
