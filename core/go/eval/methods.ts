import { dirname } from '../../files.ts';
import type { NamedType } from '../repo/named-type.ts';
import { namedType } from '../repo/named-type.ts';
import type { FoundType, Repo } from '../repo/repo.ts';
import type { FileFacts } from '../source/facts.ts';
import { embeddedTypes } from '../source/type-ref.ts';
import { resultTypes } from '../syntax/results.ts';
import type { SyntaxNode } from '../syntax/syntax.ts';
import { childByField, childrenByField, findAll, withoutAddressOf } from '../syntax/syntax.ts';
import { calledFunction } from './call.ts';
import type { Expr } from './expr.ts';
import { exprAt, textOf } from './expr.ts';
import type { GoNode } from './go-node.ts';
import { goNode } from './go-node.ts';
import { importedPackage } from './imported.ts';
import { localDefinition, parameterType } from './scope.ts';
import { localDeclaration, variableAt } from './uses.ts';

const deepest = 6;

/**
 * The declaration of what a call calls: a function, a method, or the method of an interface, in this
 * repository. Undefined where declarations do not say for sure which one it is.
 */
export function declarationCalled(repo: Repo, call: Expr, depth = 0): Expr | undefined {
  const { callee } = goNode(call);
  if (!callee || depth > deepest) return undefined;
  const isMethod = callee.type === 'selector_expression' && !importedPackage(repo, callee);
  if (!isMethod) return calledFunction(repo, call);
  const type = callee.operand && declaredType(repo, callee.operand, depth + 1);
  return type && methodOf(repo, type, callee.name);
}

/**
 * The named type of an expression as far as declarations say it, in whatever package: those of
 * parameters, variables, fields, literals, and results of calls.
 */
export function declaredType(repo: Repo, expr: Expr, depth = 0): NamedType | undefined {
  if (depth > deepest) return undefined;
  const here = goNode(exprAt(expr, withoutAddressOf(expr.node)));
  switch (here.type) {
    case 'identifier':
      return typeOfName(repo, here, depth);
    case 'selector_expression':
      return typeOfSelector(repo, here, depth);
    case 'composite_literal':
      return typeAt(repo, here.facts, here.field('type')?.node);
    case 'call_expression': {
      const called = declarationCalled(repo, here, depth + 1);
      return called && typeAt(repo, called.facts, resultTypes(called.node)[0]);
    }
    default:
      return undefined;
  }
}

function typeOfName(repo: Repo, name: GoNode, depth: number): NamedType | undefined {
  const { facts, node, text } = name;
  const local = localDefinition(node, text, facts.text);
  if (local === 'parameter') return typeAt(repo, facts, parameterType(node, text, facts.text));
  if (typeof local === 'object') return declaredType(repo, exprAt(name, local), depth + 1);
  // Setting a variable, or a field of it, leaves its type as it is.
  if (local === 'reassigned') return typeOfDeclaration(repo, name, depth);
  return local === undefined ? typeOfVariable(repo, dirname(facts.path), text, depth) : undefined;
}

function typeOfDeclaration(repo: Repo, name: GoNode, depth: number): NamedType | undefined {
  const { facts, node } = name;
  const variable = variableAt(node, facts.text);
  const { type, value } = (variable && localDeclaration(variable, facts.text)) ?? {};
  if (type) return typeAt(repo, facts, type);
  return value && declaredType(repo, exprAt(name, value), depth + 1);
}

function typeOfSelector(repo: Repo, selector: GoNode, depth: number): NamedType | undefined {
  const imported = importedPackage(repo, selector);
  if (imported)
    return imported.dir === undefined
      ? undefined
      : typeOfVariable(repo, imported.dir, selector.name, depth);
  const owner = selector.operand && declaredType(repo, selector.operand, depth + 1);
  return owner && fieldType(repo, owner, selector.name);
}

function typeOfVariable(
  repo: Repo,
  dir: string,
  name: string,
  depth: number,
): NamedType | undefined {
  const found = repo.value(dir, name);
  if (!found) return undefined;
  const { facts, spec } = found;
  if (spec.type) return typeAt(repo, facts, spec.type);
  return spec.value && declaredType(repo, { facts, node: spec.value }, depth + 1);
}

/** Where a type is declared; undefined where it is not here, or build tags choose. */
function declarationOf(repo: Repo, { dir, name }: NamedType): FoundType | undefined {
  if (dir === undefined) return undefined;
  const found = repo.types(dir, name);
  return found.length === 1 ? found[0] : undefined;
}

/** The type of a struct's field, its own or one of what it embeds. */
function fieldType(repo: Repo, owner: NamedType, name: string, depth = 0): NamedType | undefined {
  const declared = depth > deepest ? undefined : declarationOf(repo, owner);
  if (declared?.spec.syntax.type !== 'struct_type') return undefined;
  const { facts, spec } = declared;
  const own = findAll(spec.syntax, 'field_declaration').find(field =>
    childrenByField(field, 'name').some(each => textOf({ facts, node: each }) === name),
  );
  if (own) return typeAt(repo, facts, childByField(own, 'type'));
  for (const embedded of embeddedIn(repo, declared)) {
    const found = embedded.name === name ? embedded : fieldType(repo, embedded, name, depth + 1);
    if (found) return found;
  }
  return undefined;
}

/** The method of a type: its own, that of an interface, or one of what a struct embeds. */
function methodOf(repo: Repo, type: NamedType, name: string, depth = 0): Expr | undefined {
  const declared = depth > deepest ? undefined : declarationOf(repo, type);
  if (!declared) return undefined;
  const own = repo
    .functions(type.dir!, name)
    .filter(({ func }) => func.receiver?.type === type.name);
  if (own.length > 1) return undefined;
  const node = own[0] && repo.syntaxOf(own[0]);
  if (node) return { facts: own[0]!.facts, node };
  const { facts, spec } = declared;
  const written = findAll(spec.syntax, 'method_elem', 'method_spec').find(
    method => textOf({ facts, node: childByField(method, 'name') ?? method }) === name,
  );
  if (written) return { facts, node: written };
  for (const embedded of embeddedIn(repo, declared)) {
    const found = methodOf(repo, embedded, name, depth + 1);
    if (found) return found;
  }
  return undefined;
}

function embeddedIn(repo: Repo, { facts, spec }: FoundType): NamedType[] {
  return embeddedTypes(spec.syntax, facts.text).flatMap(({ qualifier, name }) => {
    const written = qualifier === undefined ? name : `${qualifier}.${name}`;
    return namedType(repo, facts, written) ?? [];
  });
}

function typeAt(repo: Repo, facts: FileFacts, type: SyntaxNode | undefined): NamedType | undefined {
  return type && namedType(repo, facts, textOf({ facts, node: type }));
}
