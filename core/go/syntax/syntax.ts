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

/** The child in that role. */
export function childByField(node: SyntaxNode | undefined, field: string): SyntaxNode | undefined {
  // Asked more often than anything else: a plain loop.
  for (const child of node?.children ?? none) if (child.field === field) return child;
  return undefined;
}

const none: readonly SyntaxNode[] = [];

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

const functions = new Set(['func_literal', 'function_declaration', 'method_declaration']);

/** Whether a node is a function with a body of its own: a declaration, a method or a literal. */
export function isFunction({ type }: SyntaxNode): boolean {
  return functions.has(type);
}

/** The function, method or function literal that a node stands in. */
export function enclosingFunction(node: SyntaxNode): SyntaxNode | undefined {
  for (let at = node.parent; at; at = at.parent) if (isFunction(at)) return at;
  return undefined;
}

/** The function around a node that lies in no other one: the node itself where it is that. */
export function outermostFunction(node: SyntaxNode): SyntaxNode | undefined {
  let found: SyntaxNode | undefined;
  for (let at: SyntaxNode | undefined = node; at; at = at.parent) if (isFunction(at)) found = at;
  return found;
}

/** The return statements of a function's own body, without those of closures in it. */
export function returnsOf(fn: SyntaxNode | undefined): SyntaxNode[] {
  return findAll(childByField(fn, 'body'), 'return_statement').filter(
    statement => enclosingFunction(statement) === fn,
  );
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
 * What a call calls; where that is a variable which the function sets to a method or a function of
 * a package, and never again, it is that: `set := app.SetStoreLoader; set(loader)`.
 */
export function calleeOf(call: SyntaxNode, text: string): SyntaxNode | undefined {
  const written = childByField(call, 'function');
  if (written?.type !== 'identifier') return written;
  return methodValue(written, text) ?? written;
}

const methodValues = new WeakMap<SyntaxNode, ReadonlyMap<string, SyntaxNode>>();

/** The selector that the only declaration of a local variable sets it to. */
function methodValue(name: SyntaxNode, text: string): SyntaxNode | undefined {
  const fn = outermostFunction(name);
  if (!fn) return undefined;
  let known = methodValues.get(fn);
  if (!known) {
    // A function calls many names: what they are set to is gathered once.
    known = methodValuesIn(fn, text);
    methodValues.set(fn, known);
  }
  return known.get(text.slice(name.start, name.end));
}

/** The variables of a function that are set once, to a selector. */
function methodValuesIn(fn: SyntaxNode, text: string): Map<string, SyntaxNode> {
  const found = new Map<string, SyntaxNode>();
  const seen = new Set<string>();
  for (const { start, end, field, parent } of findAll(fn, 'identifier')) {
    if (field !== 'name' && parent?.field !== 'left') continue;
    const name = text.slice(start, end);
    const statement = field === 'name' ? parent! : parent!.parent!;
    const values = childByField(statement, 'value') ?? childByField(statement, 'right');
    const [value, ...others] = namedChildren(values);
    const isSelector = value?.type === 'selector_expression' && others.length === 0;
    if (isSelector && !seen.has(name)) found.set(name, value);
    else found.delete(name);
    seen.add(name);
  }
  return found;
}

/**
 * The last name of what a call calls: `SetUpgradeHandler` for
 * `app.Keepers.UpgradeKeeper.SetUpgradeHandler(…)`.
 */
export function calleeName(call: SyntaxNode, text: string): string {
  const callee = calleeOf(call, text);
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
  const byName = callsByName(node, text);
  const [first, ...others] = names;
  if (first !== undefined && others.length === 0)
    return byName.get(first)?.map(({ call }) => call) ?? [];
  const found = names.flatMap(name => byName.get(name) ?? []);
  found.sort((a, b) => a.order - b.order);
  return found.map(({ call }) => call);
}

/** The names of all functions and methods that are called below the node. */
export function calledNames(node: SyntaxNode, text: string): ReadonlySet<string> {
  return new Set(callsByName(node, text).keys());
}

/** A call, and its number in source order. */
interface Called {
  readonly call: SyntaxNode;
  readonly order: number;
}

const calls = new WeakMap<SyntaxNode, ReadonlyMap<string, readonly Called[]>>();

/** A function is asked for many names: its calls are gathered once. */
function callsByName(node: SyntaxNode, text: string): ReadonlyMap<string, readonly Called[]> {
  let known = calls.get(node);
  if (!known) {
    known = gatherCalls(node, text);
    calls.set(node, known);
  }
  return known;
}

function gatherCalls(node: SyntaxNode, text: string): Map<string, Called[]> {
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

/** The character of a rune literal, or undefined where the node is not one. */
export function runeLiteral(node: SyntaxNode, text: string): string | undefined {
  return node.type === 'rune_literal'
    ? unquote(text.slice(node.start + 1, node.end - 1))
    : undefined;
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
