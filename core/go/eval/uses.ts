import { once } from '../syntax/once.ts';
import type { SyntaxNode } from '../syntax/syntax.ts';
import {
  childByField,
  childrenByField,
  enclosingFunction,
  findAll,
  isFunction,
  namedChildren,
  outermostFunction,
} from '../syntax/syntax.ts';
import type { DeclaredName } from './declared.ts';
import { declaredIn, isScope } from './declared.ts';

/** A local variable: the name, and the block, statement or function that it lives in. */
export interface Variable {
  readonly name: string;
  readonly scope: SyntaxNode;
}

/** A place that names a variable; `setting` is the statement where that sets it as a whole. */
export interface Use {
  readonly node: SyntaxNode;
  readonly setting: SyntaxNode | undefined;
}

/** The local variable that an identifier names, by Go's scopes; undefined where it is none. */
export function variableAt(node: SyntaxNode, text: string): Variable | undefined {
  const name = text.slice(node.start, node.end);
  for (let scope = node.parent; scope; scope = scope.parent) {
    if (!isScope(scope)) continue;
    const declared = declarationsIn(scope, text).get(name);
    if (declared?.some(one => one.node === node || one.from <= node.start)) return { name, scope };
  }
  return undefined;
}

type Declarations = ReadonlyMap<string, readonly DeclaredName[]>;

const declarations = new WeakMap<SyntaxNode, Declarations>();

/** Every name of a function is looked up in its scopes: what each declares is found once. */
function declarationsIn(scope: SyntaxNode, text: string): Declarations {
  return once(declarations, scope, () => {
    const found = new Map<string, DeclaredName[]>();
    for (const one of declaredIn(scope, text)) {
      const name = text.slice(one.node.start, one.node.end);
      const same = found.get(name);
      if (same) same.push(one);
      else found.set(name, [one]);
    }
    return found;
  });
}

/** The places that name a variable, closures included, in the order of the source. */
export function usesOf({ name, scope }: Variable, text: string): readonly Use[] {
  const root = outermostFunction(scope) ?? scope;
  const names = once(identifiersByRoot, root, () => identifiersIn(root, text));
  const uses = once(usesByRoot, root, () => new Map<string, UsesByScope>());
  const known = uses.get(name);
  if (known) return known.get(scope) ?? [];
  const found = usesByScope(names.get(name) ?? [], text);
  uses.set(name, found);
  return found.get(scope) ?? [];
}

/** The uses of the variables of one name. */
type UsesByScope = ReadonlyMap<SyntaxNode, readonly Use[]>;

const usesByRoot = new WeakMap<SyntaxNode, Map<string, UsesByScope>>();

/** A function may have a thousand variables of one name: their uses are all found at once. */
function usesByScope(names: readonly SyntaxNode[], text: string): UsesByScope {
  const found = new Map<SyntaxNode, Use[]>();
  for (const node of names) {
    const variable = isParameterOfType(node) ? undefined : variableAt(node, text);
    if (!variable) continue;
    const use = { node, setting: settingAt(node) };
    const same = found.get(variable.scope);
    if (same) same.push(use);
    else found.set(variable.scope, [use]);
  }
  return found;
}

const identifiersByRoot = new WeakMap<SyntaxNode, ReadonlyMap<string, readonly SyntaxNode[]>>();

function identifiersIn(root: SyntaxNode, text: string): ReadonlyMap<string, SyntaxNode[]> {
  const found = new Map<string, SyntaxNode[]>();
  for (const node of findAll(root, 'identifier')) {
    const name = text.slice(node.start, node.end);
    const same = found.get(name);
    if (same) same.push(node);
    else found.set(name, [node]);
  }
  return found;
}

/** Whether a name is that of a parameter in the type of a function, which names nothing. */
function isParameterOfType(node: SyntaxNode): boolean {
  const list = node.field === 'name' ? node.parent?.parent : undefined;
  return list?.type === 'parameter_list' && list.parent?.type === 'function_type';
}

/** What a variable is declared with: its type where that is written, else its value. */
export interface LocalDeclaration {
  readonly type: SyntaxNode | undefined;
  readonly value: SyntaxNode | undefined;
}

/**
 * What `:=` or `var` declares a variable with, whatever it is set to afterwards. Undefined for
 * parameters, loops, and one of several results of a call but the first.
 */
export function localDeclaration(
  { name, scope }: Variable,
  text: string,
): LocalDeclaration | undefined {
  const target = isFunction(scope) ? undefined : declarationsIn(scope, text).get(name)?.[0]?.node;
  const statement = target?.field === 'name' ? target.parent : target?.parent?.parent;
  if (!target || !statement || !declaring.has(statement.type)) return undefined;
  const [names, values] = [
    target.field === 'name' ? childrenByField(statement, 'name') : target.parent!.children,
    namedChildren(childByField(statement, 'value') ?? childByField(statement, 'right')),
  ];
  const index = names.indexOf(target);
  const isOne = names.length === values.length || index === 0;
  return { type: childByField(statement, 'type'), value: isOne ? values[index] : undefined };
}

const declaring = new Set(['short_var_declaration', 'var_spec']);

/** Whether one of a variable's uses stands in a closure of its function. */
export function isUsedInClosure({ scope }: Variable, uses: readonly Use[]): boolean {
  const owner = isFunction(scope) ? scope : enclosingFunction(scope);
  return uses.some(({ node }) => enclosingFunction(node) !== owner);
}

/** The statement of which a name is a target, where it takes the place of the old value. */
function settingAt(node: SyntaxNode): SyntaxNode | undefined {
  const { parent } = node;
  if (parent?.type === 'var_spec') return node.field === 'name' ? parent : undefined;
  const statement = parent?.type === 'expression_list' ? parent.parent : parent;
  const isTarget = node.field === 'left' || parent?.field === 'left';
  if (!statement || !isTarget) return undefined;
  const isPlain = (childByField(statement, 'operator')?.type ?? '=') === '=';
  return setters.has(statement.type) && isPlain ? statement : undefined;
}

const setters = new Set([
  'short_var_declaration',
  'assignment_statement',
  'range_clause',
  'receive_statement',
]);
