import type { SyntaxNode } from '../syntax/syntax.ts';
import {
  childByField,
  childrenByField,
  enclosingFunction,
  findAll,
  namedChildren,
} from '../syntax/syntax.ts';

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

const functions = new Set(['func_literal', 'function_declaration', 'method_declaration']);

/** The local variable that an identifier names, by Go's scopes; undefined where it is none. */
export function variableAt(node: SyntaxNode, text: string): Variable | undefined {
  const name = text.slice(node.start, node.end);
  for (let at = node, scope = node.parent; scope; at = scope, scope = scope.parent) {
    if (declaresIn(scope, at, node, name, text)) return { name, scope };
  }
  return undefined;
}

/** The places that name a variable, closures included, in the order of the source. */
export function usesOf(variable: Variable, text: string): Use[] {
  return findAll(variable.scope, 'identifier')
    .filter(node => text.slice(node.start, node.end) === variable.name)
    .filter(node => variableAt(node, text)?.scope === variable.scope)
    .map(node => ({ node, setting: settingAt(node) }));
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
  const isIt = ({ start, end }: SyntaxNode) => text.slice(start, end) === name;
  const target = functions.has(scope.type)
    ? undefined
    : scope.children.flatMap(declaredNames).find(isIt);
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
  const owner = functions.has(scope.type) ? scope : enclosingFunction(scope);
  return uses.some(({ node }) => enclosingFunction(node) !== owner);
}

/** Whether a node's children declare the name before a child of it, or in it. */
function declaresIn(
  scope: SyntaxNode,
  child: SyntaxNode,
  use: SyntaxNode,
  name: string,
  text: string,
): boolean {
  const isIt = ({ start, end }: SyntaxNode) => text.slice(start, end) === name;
  if (functions.has(scope.type)) {
    return ['parameters', 'result', 'receiver'].some(list =>
      namedChildren(childByField(scope, list)).some(one => childrenByField(one, 'name').some(isIt)),
    );
  }
  return scope.children.some(statement => {
    const target = declaredNames(statement).find(isIt);
    if (!target) return false;
    const isBefore = statement !== child && statement.end <= child.start;
    return isBefore || target === use;
  });
}

/** The names that a statement, or a loop's header, declares for what follows it. */
function declaredNames(statement: SyntaxNode): readonly SyntaxNode[] {
  switch (statement.type) {
    case 'short_var_declaration':
    case 'range_clause':
      return namedChildren(childByField(statement, 'left'));
    case 'for_clause':
      return namedChildren(childByField(childByField(statement, 'initializer'), 'left'));
    case 'var_declaration':
    case 'const_declaration':
      return findAll(statement, 'var_spec', 'const_spec').flatMap(spec =>
        childrenByField(spec, 'name'),
      );
    default:
      return statement.field === 'alias' ? namedChildren(statement) : [];
  }
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

const setters = new Set(['short_var_declaration', 'assignment_statement', 'range_clause']);
