import type { Repo } from '../../go/repo/repo.ts';
import type { FileFacts } from '../../go/source/facts.ts';
import type { SyntaxNode } from '../../go/syntax/syntax.ts';
import { callsOf, childByField, descend, namedChildren } from '../../go/syntax/syntax.ts';
import { Refusal } from '../../refusal.ts';
import { generationIsBefore } from '../../sdk/generations.ts';
import { appNames } from '../../wiring/app-names.ts';
import type { Job } from '../upgrade/job.ts';
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
    for (const field of type
      ? [...descend(type.syntax)].filter(n => n.type === 'field_declaration')
      : []) {
      const name = childByField(field, 'name');
      const written = childByField(field, 'type');
      const fn = written && functionType(repo, dir, facts, written);
      if (!name || !fn) continue;
      const given = namedChildren(childByField(fn.node, 'parameters')).map(p =>
        textOf(fn.facts, childByField(p, 'type') ?? p),
      );
      return {
        field: textOf(facts, name),
        parameters: given.map((t, i) => ({ name: names[i] ?? nameFor(t), type: t })),
        result: childByField(fn.node, 'result')
          ? textOf(fn.facts, childByField(fn.node, 'result')!)
          : '',
      };
    }
  }
  return undefined;
}

function functionType(
  repo: Repo,
  dir: string,
  facts: FileFacts,
  type: SyntaxNode,
): { facts: FileFacts; node: SyntaxNode } | undefined {
  if (type.type === 'function_type') return { facts, node: type };
  if (type.type !== 'type_identifier') return undefined;
  for (const file of repo.filesOf(dir)) {
    const found = file.types.find(
      t => t.name === textOf(facts, type) && t.syntax.type === 'function_type',
    );
    if (found) return { facts: file, node: found.syntax };
  }
  return undefined;
}

function nameFor(type: string): string {
  if (/\.Context$/.test(type)) return 'ctx';
  if (/VersionMap$/.test(type)) return 'vm';
  return /\.Plan$/.test(type) ? '_' : 'app';
}

/**
 * A closure of that type that runs migrations: by a function of the app that does so, or with the
 * app's module manager.
 */
export function appHandler(job: Job, { parameters, result }: HandlerType): string {
  const body = migrating(job, parameters, result);
  const used = (name: string) => new RegExp(`\\b${name}\\b`).test(body);
  const list = parameters
    .map(p => `${p.name === '_' || used(p.name) ? p.name : '_'} ${p.type}`)
    .join(', ');
  return `func(${list})${result ? ` ${result}` : ''} {\n\t${body}\n}`;
}

function migrating(job: Job, parameters: HandlerType['parameters'], result: string): string {
  if (!/VersionMap/.test(result))
    return `// Modules have no migrations in this SDK: what ${job.name} changes in the state goes here.`;
  const given = (type: string) => parameters.find(p => p.type === type && p.name !== '_')?.name;
  for (const { facts, func } of job.repo.functions(job.app.dir)) {
    if (
      func.receiver ||
      !func.syntax ||
      callsOf(func.syntax, facts.text, 'RunMigrations').length !== 1
    )
      continue;
    const wanted = handlerParameters(func.syntax, facts).list.map(p => given(p.type));
    const returned = childByField(func.syntax, 'result');
    if (
      wanted.length > 0 &&
      wanted.every(w => w !== undefined) &&
      returned &&
      textOf(facts, returned) === result
    )
      return `return ${func.name}(${wanted.join(', ')})`;
  }
  const names = appNames({ repo: job.repo, dir: job.app.dir, type: job.app.type });
  const app = given(`*${job.app.type}`);
  const ctx = parameters.find(p => /\.Context$/.test(p.type))?.name;
  if (!names?.manager || !names.configurator || names.configurator.local || !app || !ctx)
    throw new Refusal(
      "the module manager and configurator are not in reach of this chain's handlers; add this upgrade by hand",
      { file: job.app.dir },
    );
  const versions = parameters.find(p => /VersionMap$/.test(p.type))?.name;
  if (versions)
    return `return ${app}.${names.manager}.RunMigrations(${ctx}, ${app}.${names.configurator.text}, ${versions})`;
  const early =
    job.app.sdk.generation !== null && generationIsBefore(job.app.sdk.generation, '0.50');
  if (!early || !names.keeper)
    throw new Refusal(
      "this chain's handlers are not given the modules' versions; add this upgrade by hand",
      { file: job.app.dir },
    );
  return `return ${app}.${names.manager}.RunMigrations(${ctx}, ${app}.${names.configurator.text}, ${app}.${names.keeper}.GetModuleVersionMap(${ctx}))`;
}

function textOf({ text }: FileFacts, node: SyntaxNode): string {
  return text.slice(node.start, node.end);
}
