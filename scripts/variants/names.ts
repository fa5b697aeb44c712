import type { SyntaxNode } from '../../core/go/syntax/syntax.ts';
import {
  childByField,
  childrenByField,
  descend,
  enclosing,
  namedChildren,
} from '../../core/go/syntax/syntax.ts';
import type { GoFile } from './go-file.ts';
import { textOf } from './go-file.ts';

const naming = new Set([
  'const_spec',
  'parameter_declaration',
  'type_alias',
  'type_spec',
  'var_spec',
  'variadic_parameter_declaration',
]);

/** The names that are declared below a node, each as often as it is: parameters, variables, types. */
export function declaredNames(file: GoFile, root: SyntaxNode): string[] {
  return [...descend(root)].flatMap(node => namesDeclaredBy(file, node));
}

function namesDeclaredBy(file: GoFile, node: SyntaxNode): string[] {
  return declaringNodes(node).map(name => textOf(file, name));
}

function declaringNodes(node: SyntaxNode): SyntaxNode[] {
  if (naming.has(node.type)) return childrenByField(node, 'name');
  const field = node.type === 'type_switch_statement' ? 'alias' : 'left';
  const declares =
    node.type === 'short_var_declaration' ||
    node.type === 'range_clause' ||
    node.type === 'receive_statement' ||
    node.type === 'type_switch_statement';
  if (!declares) return [];
  return namedChildren(childByField(node, field)).filter(({ type }) => type === 'identifier');
}

/** The names that a file's package-level declarations declare. */
export function packageNames(file: GoFile): string[] {
  return file.root.children.flatMap(declaration => {
    if (declaration.type === 'function_declaration')
      return childrenByField(declaration, 'name').map(name => textOf(file, name));
    const specs = declaration.children.flatMap(spec =>
      spec.type === 'var_spec_list' ? spec.children : [spec],
    );
    return specs.flatMap(spec => (naming.has(spec.type) ? namesDeclaredBy(file, spec) : []));
  });
}

/** The places at which a name is used below a node: no fields, no keys, no declarations. */
export function usesOf(file: GoFile, root: SyntaxNode, name: string): SyntaxNode[] {
  return [...descend(root)].filter(
    node =>
      node.type === 'identifier' &&
      node.field !== 'name' &&
      node.field !== 'key' &&
      textOf(file, node) === name,
  );
}

/** Whether a name is the key of an element below a node, where it may be a field's or a value. */
export function isKey(file: GoFile, root: SyntaxNode, name: string): boolean {
  return [...descend(root)].some(
    node => node.field === 'key' && node.type === 'identifier' && textOf(file, node) === name,
  );
}

/** The identifiers, type names and qualifiers that a node mentions, fields aside. */
export function mentionedNames(file: GoFile, root: SyntaxNode): Set<string> {
  const names = new Set<string>();
  for (const node of descend(root))
    if (/^(identifier|type_identifier|package_identifier)$/.test(node.type))
      names.add(textOf(file, node));
  return names;
}

/** Whether an expression mentions nothing that the function around it declares. */
export function isFree(file: GoFile, value: SyntaxNode): boolean {
  const fn = enclosing(value, 'function_declaration', 'method_declaration');
  if (!fn) return true;
  const outer = declaredNames(file, fn);
  for (const name of declaredNames(file, value)) outer.splice(outer.indexOf(name), 1);
  const mentioned = mentionedNames(file, value);
  return outer.every(name => !mentioned.has(name));
}

/** The names by which a node refers to packages, and other operands of selectors. */
export function qualifiersIn(root: SyntaxNode): SyntaxNode[] {
  return [...descend(root)].filter(
    node =>
      (node.type === 'identifier' &&
        node.field === 'operand' &&
        node.parent?.type === 'selector_expression') ||
      (node.type === 'package_identifier' && node.field === 'package'),
  );
}

/** A name that nothing else has: it ends in a number made of the place. */
export function freshName(stem: string, { path }: GoFile, { start }: { start: number }): string {
  let hash = 0x811c9dc5;
  for (const c of `${path}:${start}`) {
    hash = Math.imul(hash ^ c.codePointAt(0)!, 0x01000193) >>> 0;
  }
  return `${stem}${hash}`;
}
