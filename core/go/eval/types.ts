import { dirname } from '../../files.ts';
import { namedType } from '../repo/named-type.ts';
import type { Repo } from '../repo/repo.ts';
import type { SyntaxNode } from '../syntax/syntax.ts';
import {
  childByField,
  childrenByField,
  namedChildren,
  withoutAddressOf,
} from '../syntax/syntax.ts';
import type { Expr } from './expr.ts';
import { exprAt, textOf } from './expr.ts';
import { localDefinition, parameterType } from './scope.ts';

/**
 * A type without its `*`: the name of one of the same package, or `elsewhere` for another
 * package's.
 */
export type TypeName = { readonly name: string } | 'elsewhere';

/**
 * The type of an expression where declarations say it: parameters, receivers, literals, fields.
 * Undefined where they do not.
 */
export function typeOf(repo: Repo, expr: Expr): TypeName | undefined {
  const node = withoutAddressOf(expr.node);
  const here = exprAt(expr, node);
  const text = expr.facts.text;
  if (node.type === 'composite_literal') return literalType(repo, here);
  if (node.type === 'identifier') {
    const name = textOf(here);
    const local = localDefinition(node, name, text);
    if (local === 'parameter') return typeName(parameterType(node, name, text), text);
    if (local) return typeof local === 'object' ? typeOf(repo, exprAt(expr, local)) : undefined;
    const found = repo.value(dirname(expr.facts.path), name);
    if (!found) return undefined;
    if (found.spec.type) return typeName(found.spec.type, found.facts.text);
    return found.spec.value && withoutAddressOf(found.spec.value).type === 'composite_literal'
      ? typeOf(repo, { facts: found.facts, node: found.spec.value })
      : undefined;
  }
  if (node.type === 'selector_expression') {
    const owner = typeOf(repo, exprAt(expr, childByField(node, 'operand')!));
    if (typeof owner !== 'object') return owner;
    return fieldsOfType(repo, dirname(expr.facts.path), owner.name).find(
      f => f.name === textOf(exprAt(expr, childByField(node, 'field')!)),
    )?.type;
  }
  return undefined;
}

/** The type that a literal is written with, or what that is another name of. */
function literalType(repo: Repo, literal: Expr): TypeName | undefined {
  const type = childByField(literal.node, 'type');
  const { facts } = literal;
  const named = type && namedType(repo, facts, textOf(exprAt(literal, type)));
  if (!named) return typeName(type, facts.text);
  return named.dir === dirname(facts.path) ? { name: named.name } : 'elsewhere';
}

/** Whether a type of the package is an interface: then its methods are somebody else's. */
export function isInterface(repo: Repo, dir: string, name: string): boolean {
  return repo.types(dir, name).some(({ spec }) => spec.syntax.type === 'interface_type');
}

interface Field {
  readonly name: string;
  readonly type: TypeName | undefined;
  readonly embedded: boolean;
}

/** The types of the same package whose methods a struct type has as its own. */
export function embeddedIn(repo: Repo, dir: string, name: string): string[] {
  return fieldsOfType(repo, dir, name).flatMap(f =>
    f.embedded && typeof f.type === 'object' ? [f.type.name] : [],
  );
}

function fieldsOfType(repo: Repo, dir: string, name: string): readonly Field[] {
  return repo.memoByPackage(dir, `fields of ${name}`, () => readFields(repo, dir, name));
}

function readFields(repo: Repo, dir: string, name: string): Field[] {
  for (const { facts, spec } of repo.types(dir, name)) {
    const struct = spec.syntax;
    if (struct.type !== 'struct_type') continue;
    return namedChildren(namedChildren(struct)[0]).flatMap((declaration): Field[] => {
      const syntax = childByField(declaration, 'type');
      const type = typeName(syntax, facts.text);
      const names = childrenByField(declaration, 'name').map(n => facts.text.slice(n.start, n.end));
      if (names.length > 0) return names.map(n => ({ name: n, type, embedded: false }));
      return syntax
        ? [
            {
              name: facts.text.slice(syntax.start, syntax.end).replace(/^.*\./, ''),
              type,
              embedded: true,
            },
          ]
        : [];
    });
  }
  return [];
}

function typeName(type: SyntaxNode | undefined, text: string): TypeName | undefined {
  if (type?.type === 'pointer_type' || type?.type === 'parenthesized_type')
    return typeName(namedChildren(type)[0], text);
  if (type?.type === 'generic_type') return typeName(childByField(type, 'type'), text);
  if (type?.type === 'qualified_type') return 'elsewhere';
  return type?.type === 'type_identifier' ? { name: text.slice(type.start, type.end) } : undefined;
}
