import type { SyntaxNode } from '../syntax/syntax.ts';
import { childByField, childrenByField, isFunction, namedChildren } from '../syntax/syntax.ts';

/** A name that is declared in a function, and the offset from which on it stands for that. */
export interface DeclaredName {
  readonly node: SyntaxNode;
  readonly from: number;
}

const scopes = new Set([
  'block',
  'expression_case',
  'type_case',
  'default_case',
  'communication_case',
  'if_statement',
  'for_statement',
  'expression_switch_statement',
  'type_switch_statement',
]);

/** Whether a node may declare names for what lies in it. */
export function isScope(node: SyntaxNode): boolean {
  return scopes.has(node.type) || isFunction(node);
}

/**
 * What a function, a block, a case or a statement with a header declares for what follows in it;
 * nothing for other nodes. `:=` in the body of a function sets a parameter or result of that name.
 */
export function declaredIn(scope: SyntaxNode, text: string): readonly DeclaredName[] {
  if (isFunction(scope)) return parametersOf(scope);
  if (!scopes.has(scope.type)) return [];
  const found = scope.children.flatMap(part => declaredBy(part, text));
  const { parent } = scope;
  if (scope.type !== 'block' || !parent || !isFunction(parent)) return found;
  const written = ({ node }: DeclaredName) => text.slice(node.start, node.end);
  const parameters = new Set(parametersOf(parent).map(written));
  return parameters.size === 0 ? found : found.filter(one => !parameters.has(written(one)));
}

function parametersOf(fn: SyntaxNode): DeclaredName[] {
  return ['parameters', 'result', 'receiver']
    .flatMap(list => namedChildren(childByField(fn, list)))
    .flatMap(declaration => childrenByField(declaration, 'name'))
    .map(node => ({ node, from: fn.start }));
}

/** What the header of a loop, of a type switch or of a case of `select` declares for what follows. */
export function declaredInHeader(scope: SyntaxNode, text: string): readonly DeclaredName[] {
  if (!scopes.has(scope.type)) return [];
  return scope.children.filter(isHeader).flatMap(part => declaredBy(part, text));
}

function isHeader({ type, field }: SyntaxNode): boolean {
  return type === 'range_clause' || type === 'for_clause' || headerFields.has(field ?? '');
}

const headerFields = new Set(['alias', 'communication']);

/** The names that a statement, or a part of a header, declares. */
function declaredBy(part: SyntaxNode, text: string): DeclaredName[] {
  switch (part.type) {
    case 'short_var_declaration':
      return namesOn('left', part);
    case 'range_clause':
    case 'receive_statement':
      return isDeclaring(part, text) ? namesOn('left', part) : [];
    case 'for_clause':
    case 'labeled_statement':
      return part.children.flatMap(child => declaredBy(child, text));
    case 'var_declaration':
    case 'const_declaration':
      return part.children
        .flatMap(child => (child.type === 'var_spec_list' ? child.children : [child]))
        .flatMap(spec => childrenByField(spec, 'name').map(node => ({ node, from: spec.end })));
    default:
      return part.field === 'alias' ? ofTypeSwitch(part) : [];
  }
}

function namesOn(side: string, statement: SyntaxNode): DeclaredName[] {
  return namedChildren(childByField(statement, side)).map(node => ({ node, from: statement.end }));
}

/** Whether `:=` stands between the names and the value of a `range` or of what is received. */
export function isDeclaring(part: SyntaxNode, text: string): boolean {
  const left = childByField(part, 'left');
  const right = childByField(part, 'right');
  return left !== undefined && text.slice(left.end, right?.start ?? part.end).includes(':=');
}

/** The name of `switch v := x.(type)`, which what is switched on does not see. */
function ofTypeSwitch(alias: SyntaxNode): DeclaredName[] {
  const from = childByField(alias.parent, 'value')?.end ?? alias.end;
  return namedChildren(alias).map(node => ({ node, from }));
}
