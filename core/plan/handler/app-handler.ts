import type { Expr } from '../../go/eval/value.ts';
import type { Repo } from '../../go/repo/repo.ts';
import { callsOf, childByField, findAll, namedChildren } from '../../go/syntax/syntax.ts';
import { Refusal } from '../../refusal.ts';
import { generationIsBefore } from '../../sdk/generations.ts';
import { appNames } from '../../wiring/app-names.ts';
import { hasWord, nodeText } from '../go-tree.ts';
import type { Job } from '../upgrade/job.ts';
import { functionType } from './function-type.ts';
import { bodyWithoutMigrations } from './handler-body.ts';
import { handlerParameters } from './handler-shape.ts';

/**
 * A function type of the app's own for what an upgrade does: the struct's field that holds it, and
 * what it is given.
 */
export interface HandlerType {
  readonly field: string;
  readonly parameters: readonly { readonly name: string; readonly type: string }[];
  readonly result: string;
}

/**
 * The field of a struct type that holds the handler, and its function type, also behind a name of
 * the same package. `names`: how a neighbour calls the parameters.
 */
export function handlerTypeOf(
  repo: Repo,
  dir: string,
  struct: string,
  names: readonly string[],
): HandlerType | undefined {
  for (const facts of repo.filesOf(dir)) {
    const type = facts.types.find(t => t.name === struct && t.syntax.type === 'struct_type');
    for (const field of findAll(type?.syntax, 'field_declaration')) {
      const name = childByField(field, 'name');
      const written = childByField(field, 'type');
      const fn = written && functionType(repo, facts, written);
      if (name && fn) return handlerType(nodeText(facts, name), fn, names);
    }
  }
  return undefined;
}

function handlerType(field: string, { facts, node }: Expr, names: readonly string[]): HandlerType {
  const types = namedChildren(childByField(node, 'parameters')).map(parameter =>
    nodeText(facts, childByField(parameter, 'type') ?? parameter),
  );
  return {
    field,
    parameters: types.map((type, i) => ({ name: names[i] ?? nameFor(type), type })),
    result: nodeText(facts, childByField(node, 'result')),
  };
}

function nameFor(type: string): string {
  if (type.endsWith('.Context')) return 'ctx';
  if (type.endsWith('VersionMap')) return 'vm';
  return type.endsWith('.Plan') ? '_' : 'app';
}

/**
 * A closure of that type that runs migrations: by a function of the app that does so, or with the
 * app's module manager.
 */
export function appHandler(job: Job, type: HandlerType): string {
  const body = appBody(job, type);
  const list = type.parameters.map(
    parameter => `${hasWord(body, parameter.name) ? parameter.name : '_'} ${parameter.type}`,
  );
  const result = type.result ? ` ${type.result}` : '';
  return `func(${list.join(', ')})${result} {\n\t${body}\n}`;
}

function appBody(job: Job, type: HandlerType): string {
  if (!type.result.includes('VersionMap')) return bodyWithoutMigrations(job.name);
  return callOfRunner(job, type) ?? runMigrations(job, type);
}

/** The name of a handler's parameter of that type. */
function givenAs({ parameters }: HandlerType, type: string): string | undefined {
  return parameters.find(p => p.type === type && p.name !== '_')?.name;
}

/** A call of a function of the app that runs migrations with what the handler is given. */
function callOfRunner({ repo, app }: Job, type: HandlerType): string | undefined {
  for (const { facts, func } of repo.functions(app.dir)) {
    if (func.receiver || !func.syntax) continue;
    if (callsOf(func.syntax, facts.text, 'RunMigrations').length !== 1) continue;
    if (nodeText(facts, childByField(func.syntax, 'result')) !== type.result) continue;
    const taken = handlerParameters(func.syntax, facts).list.map(p => givenAs(type, p.type));
    if (taken.length > 0 && taken.every(name => name !== undefined))
      return `return ${func.name}(${taken.join(', ')})`;
  }
  return undefined;
}

/** RunMigrations on the app's own module manager. */
function runMigrations(job: Job, type: HandlerType): string {
  const names = appNames({ repo: job.repo, dir: job.app.dir, type: job.app.type });
  const app = givenAs(type, `*${job.app.type}`);
  const ctx = type.parameters.find(p => p.type.endsWith('.Context'))?.name;
  if (!names?.manager || !names.configurator || names.configurator.local || !app || !ctx)
    throw new Refusal(
      "the module manager and configurator are not in reach of this chain's handlers; " +
        'add this upgrade by hand',
      { file: job.app.dir },
    );
  const versions =
    type.parameters.find(p => p.type.endsWith('VersionMap'))?.name ??
    storedVersions(job, names.keeper && `${app}.${names.keeper}`, ctx);
  const configurator = `${app}.${names.configurator.text}`;
  return `return ${app}.${names.manager}.RunMigrations(${ctx}, ${configurator}, ${versions})`;
}

/** The modules' versions from the upgrade keeper, which keeps them at hand before SDK 0.50. */
function storedVersions({ app }: Job, keeper: string | undefined, ctx: string): string {
  const { generation } = app.sdk;
  if (keeper === undefined || generation === null || !generationIsBefore(generation, '0.50'))
    throw new Refusal(
      "this chain's handlers are not given the modules' versions; add this upgrade by hand",
      { file: app.dir },
    );
  return `${keeper}.GetModuleVersionMap(${ctx})`;
}
