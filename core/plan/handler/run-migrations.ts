import type { Repo } from '../../go/repo/repo.ts';
import type { FileFacts } from '../../go/source/facts.ts';
import { typeRef } from '../../go/source/type-ref.ts';
import type { SyntaxNode } from '../../go/syntax/syntax.ts';
import { childByField, descend, namedChildren } from '../../go/syntax/syntax.ts';
import { Refusal } from '../../refusal.ts';
import { functionAround, nodeText, rootName } from '../go-tree.ts';
import type { HandlerShape } from './handler-shape.ts';
import { handlerParameters, migrationCall } from './handler-shape.ts';

/** What RunMigrations is called on and with. */
export interface Run {
  readonly manager: string;
  readonly configurator: string;
}

/**
 * How a handler's closure can run migrations in its place: as it does itself, as a neighbour does
 * with names that mean the same here, or with what the function around it has: parameters, fields
 * of the receiver, and methods of an interface that it is given.
 */
export function runIn(repo: Repo, shape: HandlerShape, shapes: readonly HandlerShape[]): Run {
  const { facts, closure, upgrade } = shape;
  const own = migrationCall(shape);
  if (own) return own;
  const func = functionAround({ facts, node: closure.node });
  const parameters = func?.syntax ? handlerParameters(func.syntax, facts).list : [];
  const names = new Set([...parameters.map(p => p.name), func?.receiver?.name ?? '']);
  const isInReach = (text: string) => names.has(rootName(text) ?? '');
  const other = shapes
    .map(migrationCall)
    .find(call => call && isInReach(call.manager) && isInReach(call.configurator));
  if (other) return other;
  const given = func?.receiver ? [...parameters, func.receiver] : parameters;
  const manager = valueOfType(repo, facts, given, /(^|[.*])Manager$|ModuleManager$/);
  const configurator = valueOfType(repo, facts, given, /(^|\.)Configurator$/);
  if (manager && configurator) return { manager, configurator };
  throw new Refusal(
    `the ${manager ? 'configurator' : 'module manager'} is not known where ${upgrade}'s handler ` +
      'is written, so a new one could not run migrations; pass it in there',
    { file: facts.path },
  );
}

interface Named {
  readonly name: string;
  readonly type: string;
}

/**
 * An expression of that type: a parameter, or a field or method without parameters of one whose
 * type the repository declares.
 */
function valueOfType(
  repo: Repo,
  facts: FileFacts,
  given: readonly Named[],
  wanted: RegExp,
): string | undefined {
  const usable = given.filter(({ name }) => name !== '' && name !== '_');
  const direct = usable.find(({ type }) => wanted.test(type));
  if (direct) return direct.name;
  for (const { name, type } of usable) {
    const named = typeRef(type.replace('*', ''));
    const dir = named && repo.folderOf(facts, named.qualifier);
    for (const file of dir === undefined ? [] : repo.filesOf(dir)) {
      const syntax = file.types.find(t => t.name === named!.name)?.syntax;
      const member = syntax && memberOf(file, syntax, wanted);
      if (member !== undefined) return `${name}.${member}`;
    }
  }
  return undefined;
}

/** A method without parameters, or a field, that gives a value of that type. */
function memberOf(facts: FileFacts, type: SyntaxNode, wanted: RegExp): string | undefined {
  for (const node of descend(type)) {
    const name = childByField(node, 'name');
    const member = name && nodeText(facts, name);
    if (member === undefined) continue;
    const given = (field: string) => nodeText(facts, childByField(node, field));
    if (node.type === 'field_declaration' && wanted.test(given('type'))) return member;
    const isMethod = node.type === 'method_elem' || node.type === 'method_spec';
    const takesNothing = namedChildren(childByField(node, 'parameters')).length === 0;
    if (isMethod && takesNothing && wanted.test(given('result'))) return `${member}()`;
  }
  return undefined;
}
