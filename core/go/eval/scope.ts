import { once } from '../syntax/once.ts';
import type { SyntaxNode } from '../syntax/syntax.ts';
import {
  childByField,
  childrenByField,
  findAll,
  isFunction,
  namedChildren,
} from '../syntax/syntax.ts';
import { declaredInHeader, isDeclaring } from './declared.ts';

/**
 * What a local name stands for: its value's syntax, or why it has none that holds for sure.
 * `reassigned` covers every variable that is not set exactly once, and in one piece.
 */
export type Local = SyntaxNode | 'parameter' | 'range' | 'reassigned';

const withInitializer = new Set([
  'if_statement',
  'expression_switch_statement',
  'type_switch_statement',
]);
const blocks = new Set([
  'block',
  'expression_case',
  'type_case',
  'default_case',
  'communication_case',
]);

/** The local definition of a name as seen from a node, or undefined where the name is not local. */
export function localDefinition(from: SyntaxNode, name: string, text: string): Local | undefined {
  // Most names are those of packages: nothing in the whole function defines them.
  if (!definedAround(from, text).has(name)) return undefined;
  for (let inner = from, scope = from.parent; scope; inner = scope, scope = scope.parent) {
    if (isFunction(scope) && parametersOf(scope, text).has(name)) return 'parameter';
    const header = headerDefinition(scope, inner, { name, at: from.start }, text);
    if (header) return header;
    if (!blocks.has(scope.type)) continue;
    const { start } = inner;
    const found = definitionsIn(scope, text)
      .get(name)
      ?.findLast(d => d.statement.end <= start);
    if (found) return settled(scope, found, { name, at: start }, text);
  }
  return undefined;
}

const defined = new WeakMap<SyntaxNode, ReadonlySet<string>>();
const nothing: ReadonlySet<string> = new Set();

/** The names that the outermost function around a node sets or defines anywhere, and maybe more. */
function definedAround(from: SyntaxNode, text: string): ReadonlySet<string> {
  let fn: SyntaxNode | undefined;
  for (let at = from.parent; at; at = at.parent) if (isFunction(at)) fn = at;
  return fn === undefined ? nothing : once(defined, fn, () => namesSetIn(fn, text));
}

function namesSetIn(fn: SyntaxNode, text: string): ReadonlySet<string> {
  const names = findAll(fn, 'identifier').filter(
    ({ field, parent }) => setting.has(field ?? '') || setting.has(parent?.field ?? ''),
  );
  return new Set(names.map(({ start, end }) => text.slice(start, end)));
}

/** The roles of what defines or sets a name, or of the list that it stands in. */
const setting = new Set(['name', 'left', 'alias']);

/** The type a parameter or receiver was declared with, as seen from a node. */
export function parameterType(
  from: SyntaxNode,
  name: string,
  text: string,
): SyntaxNode | undefined {
  for (let scope = from.parent; scope; scope = scope.parent) {
    const declaration = isFunction(scope) ? parametersOf(scope, text).get(name) : undefined;
    if (declaration) return childByField(declaration, 'type');
  }
  return undefined;
}

/** What a statement defines a name with; no value where it has none of its own. */
interface Definition {
  readonly statement: SyntaxNode;
  readonly value: SyntaxNode | undefined;
}

/**
 * A definition's value, unless the variable, or a field of it, is set again after it. Of a variable
 * that is declared without one it is what the only assignment in the same block gives it.
 */
function settled(
  scope: SyntaxNode,
  { statement, value }: Definition,
  { name, at }: { readonly name: string; readonly at: number },
  text: string,
): Local {
  const changed = changesIn(scope, text).get(name) ?? [];
  const [set, ...others] = changed.filter(({ start }) => start >= statement.end);
  if (!set) return value ?? 'reassigned';
  const isOnly = others.length === 0 && value === undefined && set.parent === scope;
  return (isOnly && set.end <= at ? assignedTo(set, name, text) : undefined) ?? 'reassigned';
}

/** What an assignment gives a variable as a whole, where that does not speak of the variable. */
function assignedTo(statement: SyntaxNode, name: string, text: string): SyntaxNode | undefined {
  if (statement.type !== 'assignment_statement') return undefined;
  const written = ({ start, end }: SyntaxNode) => text.slice(start, end);
  const operator = childByField(statement, 'operator');
  const targets = namedChildren(childByField(statement, 'left'));
  const values = namedChildren(childByField(statement, 'right'));
  const index = targets.findIndex(target => written(target) === name);
  const value = targets.length === values.length ? values[index] : undefined;
  if (!value || (operator && written(operator) !== '=')) return undefined;
  return findAll(value, 'identifier').some(node => written(node) === name) ? undefined : value;
}

// Names are looked up from every identifier of a function that may have a thousand lines: each
// scope is gone through once.
const parameters = new WeakMap<SyntaxNode, ReadonlyMap<string, SyntaxNode>>();
const definitions = new WeakMap<SyntaxNode, ReadonlyMap<string, readonly Definition[]>>();
const changes = new WeakMap<SyntaxNode, ReadonlyMap<string, readonly SyntaxNode[]>>();

/** The declarations of a function's parameters, receiver and named results. */
function parametersOf(fn: SyntaxNode, text: string): ReadonlyMap<string, SyntaxNode> {
  return once(
    parameters,
    fn,
    () =>
      new Map(
        ['result', 'receiver', 'parameters'].flatMap(list =>
          namedChildren(childByField(fn, list)).flatMap(p =>
            childrenByField(p, 'name').map(n => [text.slice(n.start, n.end), p] as const),
          ),
        ),
      ),
  );
}

/** What the statements of a block define, by name and in order. */
function definitionsIn(
  block: SyntaxNode,
  text: string,
): ReadonlyMap<string, readonly Definition[]> {
  return once(definitions, block, () => {
    const found = new Map<string, Definition[]>();
    for (const statement of block.children) {
      for (const [name, value] of definedBy(statement, text)) {
        const before = found.get(name);
        if (before) before.push({ statement, value });
        else found.set(name, [{ statement, value }]);
      }
    }
    return found;
  });
}

/** The statements, anywhere in a scope, that set a variable or a field of it, by name. */
function changesIn(scope: SyntaxNode, text: string): ReadonlyMap<string, readonly SyntaxNode[]> {
  return once(changes, scope, () => {
    const found = new Map<string, SyntaxNode[]>();
    for (const node of settingStatements(scope)) {
      for (const target of setBy(node, text)) {
        const changed = owner(target);
        if (changed.type !== 'identifier') continue;
        const name = text.slice(changed.start, changed.end);
        const known = found.get(name);
        if (known) known.push(node);
        else found.set(name, [node]);
      }
    }
    return found;
  });
}

/** The assignments, `x++`, `x--`, loops and receptions anywhere in a scope, in order. */
function settingStatements(scope: SyntaxNode): SyntaxNode[] {
  const assignments = findAll(scope, 'assignment_statement');
  const others = [
    ...findAll(scope, 'inc_statement', 'dec_statement'),
    ...findAll(scope, 'range_clause', 'receive_statement'),
  ];
  return others.length === 0
    ? assignments
    : [...assignments, ...others].sort((a, b) => a.start - b.start);
}

/** The targets of an assignment, `x++` or `x--`, or of a loop or reception that declares none. */
function setBy(node: SyntaxNode, text: string): readonly SyntaxNode[] {
  switch (node.type) {
    case 'assignment_statement':
      return namedChildren(childByField(node, 'left'));
    case 'inc_statement':
    case 'dec_statement':
      return namedChildren(node);
    case 'range_clause':
    case 'receive_statement':
      return isDeclaring(node, text) ? [] : namedChildren(childByField(node, 'left'));
    default:
      return [];
  }
}

/**
 * Names that a statement's header declares for what follows in it: `if x := …`, `for i := …`,
 * `switch v := y.(type)`, `case v := <-c`.
 */
function headerDefinition(
  scope: SyntaxNode,
  inner: SyntaxNode,
  { name, at }: { readonly name: string; readonly at: number },
  text: string,
): Local | undefined {
  const isDeclared = declaredInHeader(scope, text).some(
    ({ node, from }) => from <= at && text.slice(node.start, node.end) === name,
  );
  if (isDeclared) return scope.type === 'for_statement' ? 'range' : 'reassigned';
  if (!withInitializer.has(scope.type)) return undefined;
  const statement = childByField(scope, 'initializer');
  const found =
    statement && statement !== inner
      ? definedBy(statement, text).find(([given]) => given === name)
      : undefined;
  const definition = { statement: statement!, value: found?.[1] };
  return found && settled(scope, definition, { name, at: inner.start }, text);
}

/**
 * The names a statement defines with their values; of a call with several results only the first
 * has one.
 */
function definedBy(
  statement: SyntaxNode,
  text: string,
): (readonly [name: string, value: SyntaxNode | undefined])[] {
  const pairs = (names: readonly SyntaxNode[], values: readonly SyntaxNode[]) =>
    names.flatMap((n, i) =>
      n.type === 'identifier'
        ? [
            [
              text.slice(n.start, n.end),
              names.length === values.length || i === 0 ? values[i] : undefined,
            ] as const,
          ]
        : [],
    );
  if (statement.type === 'short_var_declaration')
    return pairs(
      namedChildren(childByField(statement, 'left')),
      namedChildren(childByField(statement, 'right')),
    );
  if (statement.type !== 'const_declaration' && statement.type !== 'var_declaration') return [];
  return statement.children
    .flatMap(c => (c.type === 'var_spec_list' ? c.children : [c]))
    .flatMap(spec =>
      pairs(childrenByField(spec, 'name'), namedChildren(childByField(spec, 'value'))),
    );
}

/** The variable that an assignment to `x`, `x.Field` or `*x` changes. */
function owner(target: SyntaxNode): SyntaxNode {
  let at = target;
  while (
    at.type === 'selector_expression' ||
    at.type === 'unary_expression' ||
    at.type === 'parenthesized_expression'
  ) {
    const inner = childByField(at, 'operand') ?? namedChildren(at)[0];
    if (!inner) break;
    at = inner;
  }
  return at;
}
