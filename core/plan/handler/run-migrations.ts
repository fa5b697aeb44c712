import { dirname } from '../../files.ts';
import type { Repo } from '../../go/repo/repo.ts';
import type { FileFacts } from '../../go/source/facts.ts';
import type { SyntaxNode } from '../../go/syntax/syntax.ts';
import { childByField, descend, namedChildren } from '../../go/syntax/syntax.ts';
import { Refusal } from '../../refusal.ts';
import type { HandlerShape } from './handler-shape.ts';
import { handlerParameters, migrationCall } from './handler-shape.ts';

/** What RunMigrations is called on and with. */
export interface Run {
  readonly manager: string;
  readonly configurator: string;
}

/**
 * How a handler's closure can run migrations where it stands: as it does itself, as a neighbour
 * does with names that mean the same here, or with what the function around it has: parameters,
 * fields of the receiver, and methods of an interface that it is given.
 */
export function runIn(repo: Repo, shape: HandlerShape, shapes: readonly HandlerShape[]): Run {
  const { facts, closure } = shape;
  const own = migrationCall(shape);
  if (own) return own;
  const func = facts.funcs.find(f => f.start <= closure.node.start && closure.node.end <= f.end);
  const given = func?.syntax ? handlerParameters(func.syntax, facts).list : [];
  const around = new Set([...given.map(p => p.name), func?.receiver?.name ?? '']);
  const other = shapes
    .map(migrationCall)
    .find(
      call =>
        call &&
        [call.manager, call.configurator].every(text => around.has(/^\w+/.exec(text)?.[0] ?? '')),
    );
  if (other) return other;
  const at = func?.receiver
    ? [...given, { name: func.receiver.name, type: func.receiver.type }]
    : given;
  const manager = within(repo, facts, at, /(^|[.*])Manager$|ModuleManager$/);
  const configurator = within(repo, facts, at, /(^|\.)Configurator$/);
  if (manager && configurator) return { manager, configurator };
  throw new Refusal(
    `the ${manager ? 'configurator' : 'module manager'} is not known where ${shape.upgrade}'s handler is written, so a new one could not run migrations; hand it in there`,
    { file: facts.path },
  );
}

/**
 * An expression of that type: a parameter, or a field or method without parameters of one whose
 * type the repository declares.
 */
function within(
  repo: Repo,
  facts: FileFacts,
  given: readonly { name: string; type: string }[],
  wanted: RegExp,
): string | undefined {
  const direct = given.find(p => wanted.test(p.type) && p.name !== '' && p.name !== '_');
  if (direct) return direct.name;
  for (const { name, type } of given) {
    const [ident, qualifier] = type.replace('*', '').split('.').reverse();
    const here = dirname(facts.path);
    const dir =
      qualifier === undefined ? here : repo.dirOf(repo.importFor(facts, qualifier) ?? '', here);
    for (const file of dir === undefined || name === '' || name === '_' ? [] : repo.filesOf(dir)) {
      const syntax = file.types.find(t => t.name === ident)?.syntax;
      const member = syntax && memberOf(file, syntax, wanted);
      if (member !== undefined) return `${name}.${member}`;
    }
  }
  return undefined;
}

function memberOf({ text }: FileFacts, type: SyntaxNode, wanted: RegExp): string | undefined {
  const said = (node: SyntaxNode | undefined) => (node ? text.slice(node.start, node.end) : '');
  for (const node of descend(type)) {
    const method = node.type === 'method_elem' || node.type === 'method_spec';
    if (
      method &&
      namedChildren(childByField(node, 'parameters')).length === 0 &&
      wanted.test(said(childByField(node, 'result')))
    )
      return `${said(childByField(node, 'name'))}()`;
    if (
      node.type === 'field_declaration' &&
      childByField(node, 'name') &&
      wanted.test(said(childByField(node, 'type')))
    )
      return said(childByField(node, 'name'));
  }
  return undefined;
}
