import { dirname } from '../../files.ts';
import { lineEnd, lineStart } from '../../go/edit/edit.ts';
import { qualifierOf } from '../../go/edit/imports.ts';
import { aliasInUse, freeImport } from '../../go/edit/imports-in-use.ts';
import { textOf } from '../../go/eval/value.ts';
import type { FileFacts, Func } from '../../go/source/facts.ts';
import { childByField, findAll, namedChildren, quote } from '../../go/syntax/syntax.ts';
import { Refusal } from '../../refusal.ts';
import { render } from '../../render.ts';
import { importsOfGeneration } from '../../sdk/generations.ts';
import { handlerParameters } from '../handler/handler-shape.ts';
import { closureFor } from './closure.ts';
import { methodOf, rootOf } from './find-module.ts';
import type { KeeperAccess } from './generated-body.ts';
import { heldKeeper } from './generated-body.ts';
import type { MigrationJob } from './job.ts';
import type { Struct } from './keeper.ts';
import { argumentsFrom, structIn } from './keeper.ts';
import { importCall, newMigrator, readyLike, withoutComments } from './migrator.ts';
import { writeMigration } from './write.ts';

/**
 * Registers a module's first migration: at the end of its RegisterServices, which a module without
 * one gets.
 */
export function registerFirst(job: MigrationJob): void {
  const { repo, module } = job;
  const services = methodOf(repo, module.dir, 'RegisterServices', typeOf(job));
  if (services) return atEnd(job, services.facts, services.func);
  const version = methodOf(repo, module.dir, 'ConsensusVersion', typeOf(job));
  if (!version?.func.receiver)
    throw new Refusal(
      `no method of ${module.name} was found beside which RegisterServices could stand; add it by hand`,
      { file: module.dir },
    );
  const { facts, func } = version;
  const type = func.receiver!.type.replace(/Basics?$/, '');
  const receiver = 'am';
  const statement = statementFor(job, facts, type, receiver, 'cfg', 'panic');
  const wanted = freeImport(
    repo,
    facts,
    aliasInUse(repo, module.dir, modulePath(job)) ?? { path: modulePath(job), alias: undefined },
  );
  job.changes.import(facts.path, wanted);
  const at = lineEnd(facts.text, func.end);
  const pointer = func.receiver!.pointer ? '*' : '';
  job.changes.edit(
    facts.path,
    at,
    at,
    `\n// RegisterServices registers the module's migrations.\nfunc (${receiver} ${pointer}${type}) RegisterServices(cfg ${qualifierOf(repo, dirname(facts.path), wanted)}.Configurator) {\n${indented(statement)}}\n`,
  );
}

function modulePath({ app }: MigrationJob): string {
  if (app.sdk.generation === null)
    throw new Refusal(
      'the Cosmos SDK version of this app is not known, so the right imports are not either',
    );
  return importsOfGeneration(app.sdk.generation).module;
}

/** The type that the module's ConsensusVersion belongs to. */
function typeOf({ repo, module }: MigrationJob): string | undefined {
  const place = module.versionPlace;
  const found = repo
    .functions(module.dir, 'ConsensusVersion')
    .find(
      ({ facts, func }) =>
        func.receiver &&
        facts.path === place?.file &&
        func.start <= place.start &&
        place.end <= func.end,
    );
  return found?.func.receiver?.type;
}

function atEnd(job: MigrationJob, facts: FileFacts, func: Func): void {
  const { changes } = job;
  const { text, path } = facts;
  const body = childByField(func.syntax, 'body')!;
  const [given] = handlerParameters(func.syntax!, facts).list;
  const registrar = /ServiceRegistrar$/.test(given?.type ?? '');
  const name =
    given && given.name !== '' && given.name !== '_' ? given.name : registrar ? 'registrar' : 'cfg';
  if (given && name !== given.name) nameParameter(job, facts, func, name);
  const receiver = func.receiver!.name && func.receiver!.name !== '_' ? func.receiver!.name : 'am';
  if (receiver !== func.receiver!.name) nameReceiver(job, facts, func, receiver);
  const fails = /\berror\b/.test(resultOf(facts, func)) ? 'return ' : 'panic';
  let statement = statementFor(
    job,
    facts,
    func.receiver!.type,
    receiver,
    registrar ? 'cfg' : name,
    fails,
  );
  if (registrar)
    statement = `cfg, ok := ${name}.(${moduleQualifier(job, facts)}.Configurator)\nif !ok {\n\t${fails === 'panic' ? 'panic(' : 'return '}fmt.Errorf("%T is no module.Configurator", ${name})${fails === 'panic' ? ')' : ''}\n}\n${statement}`;
  const last = namedChildren(body).at(-1);
  const returns = last?.type === 'return_statement' ? last : undefined;
  const at = returns ? lineStart(text, returns.start) : lineStart(text, body.end - 1);
  const oneLine = !text.slice(body.start, body.end).includes('\n');
  if (oneLine)
    changes.edit(
      path,
      body.start,
      body.end,
      `{\n${namedChildren(body)
        .map(s => `\t${textOf({ facts, node: s })}\n`)
        .join('')}${indented(statement)}}`,
    );
  else
    changes.edit(
      path,
      at,
      at,
      `${namedChildren(body).length > (returns ? 1 : 0) ? '\n' : ''}${indented(statement)}${returns ? '\n' : ''}`,
    );
}

function moduleQualifier(job: MigrationJob, facts: FileFacts): string {
  const wanted = freeImport(
    job.repo,
    facts,
    aliasInUse(job.repo, job.module.dir, modulePath(job)) ?? {
      path: modulePath(job),
      alias: undefined,
    },
  );
  job.changes.import(facts.path, wanted);
  return qualifierOf(job.repo, dirname(facts.path), wanted);
}

function resultOf({ text }: FileFacts, func: Func): string {
  const result = childByField(func.syntax, 'result');
  return result ? text.slice(result.start, result.end) : '';
}

function nameParameter(
  { changes }: MigrationJob,
  { text, path }: FileFacts,
  func: Func,
  name: string,
): void {
  const list = childByField(func.syntax, 'parameters')!;
  const written = text.slice(list.start, list.end);
  changes.edit(path, list.start, list.end, written.replace(/^\(\s*(_\s+)?/, `(${name} `));
}

function nameReceiver(
  { changes }: MigrationJob,
  { text, path }: FileFacts,
  func: Func,
  name: string,
): void {
  const receiver = childByField(func.syntax, 'receiver')!;
  const written = text.slice(receiver.start, receiver.end);
  changes.edit(path, receiver.start, receiver.end, written.replace(/^\(\s*(_\s+)?/, `(${name} `));
}

/**
 * The registration, with what it hands over: a method of the keeper's migrator, or the migration
 * itself where the module has no keeper.
 */
function statementFor(
  job: MigrationJob,
  facts: FileFacts,
  type: string,
  receiver: string,
  configurator: string,
  fail: string,
): string {
  const { repo, changes, module, step } = job;
  const struct = structIn(repo, module.dir, type);
  const held = struct?.fields.find(f => /(^|\.)Keeper$/.test(f.type.replace(/^\*/, '')));
  const fmt = freeImport(repo, facts, { path: 'fmt', alias: undefined });
  changes.import(facts.path, fmt);
  const handler =
    struct && held
      ? byMigrator(job, facts, struct, held, receiver)
      : directly(job, facts, struct, receiver);
  return render('migration/register.go', {
    configurator,
    name: nameExpr(job, facts),
    from: step.from,
    to: step.to,
    handler,
    fail,
  }).replace(/return \(fmt\.Errorf\((.*)\)\)$/m, 'return fmt.Errorf($1)');
}

function byMigrator(
  job: MigrationJob,
  facts: FileFacts,
  struct: Struct,
  held: { name: string; type: string },
  receiver: string,
): string {
  const { repo, changes, creates, module, step } = job;
  const qualifier = /^\*?(\w+)\./.exec(held.type)?.[1];
  const path = qualifier === undefined ? undefined : repo.importFor(struct.facts, qualifier);
  const dir =
    qualifier === undefined
      ? module.dir
      : path === undefined
        ? undefined
        : repo.dirOf(path, module.dir);
  const keeper = dir === undefined ? undefined : structIn(repo, dir, 'Keeper');
  if (!keeper || dir === undefined || qualifier === undefined)
    return directly(job, facts, struct, receiver);
  const method = `Migrate${step.from}to${step.to}`;
  const migrator = structIn(repo, dir, 'Migrator');
  const field = migrator?.fields.find(f => /(^|[*])Keeper$/.test(f.type))?.name ?? 'keeper';
  const pointer = held.type.startsWith('*') ? '*' : '';
  const holder: KeeperAccess = {
    text: `m.${field}`,
    pointer: migrator ? migrator.fields.some(f => f.type === '*Keeper') : pointer !== '',
    keeper,
    dir,
    caller: migrator,
    through: 'm',
  };
  const call = job.ready
    ? readyLike(repo, rootOf(module.dir), step, job.ready, holder)
    : withoutComments(rootOf(module.dir), step, argumentsFrom(repo, keeper, holder.text));
  const constructor = repo.func(dir, 'NewMigrator');
  const wants = constructor?.func.syntax
    ? handlerParameters(constructor.func.syntax, constructor.facts).list
    : [];
  const handed = migrator ? wants.map(w => givenFor(w.type, struct, receiver)) : [];
  if (migrator && (wants.length === 0 || handed.some(h => h === undefined)))
    throw new Refusal(
      `the Migrator in ${dir} is made with more than ${struct.spec.name} has; register its ${method} by hand`,
      { file: migrator.facts.path },
    );
  const { holds } = call.made;
  const more = holds ? `, ${receiver}.${holds.field}` : '';
  writeMigration(job, call.made);
  if (!migrator) creates.push(newMigrator(repo, dir, `${pointer}Keeper`, step, call));
  else if (holds)
    throw new Refusal(
      `the Migrator in ${dir} holds no subspace of x/params; give it a field ${holds.name} by hand`,
      { file: migrator.facts.path },
    );
  else {
    const last = repo
      .functions(dir)
      .filter(
        ({ facts: f, func }) =>
          (func.receiver?.type === 'Migrator' || func.name === 'NewMigrator') &&
          f === migrator.facts,
      )
      .at(-1)?.func;
    const end = lineEnd(migrator.facts.text, last?.end ?? migrator.spec.end);
    const written = importCall(repo, changes, migrator.facts, call);
    const sdk = freeImport(repo, migrator.facts, {
      path: 'github.com/cosmos/cosmos-sdk/types',
      alias: 'sdk',
    });
    changes.import(migrator.facts.path, sdk);
    changes.edit(
      migrator.facts.path,
      end,
      end,
      `\n// ${method} migrates the state of the module from version ${step.from} to ${step.to}.\nfunc (m Migrator) ${method}(ctx ${sdk.alias ?? 'types'}.Context) error {\n\treturn ${written}\n}\n`,
    );
  }
  return `${qualifier}.NewMigrator(${migrator ? handed.join(', ') : `${receiver}.${held.name}${more}`}).${method}`;
}

/** What the module has for a parameter of that type, by the type's own name. */
function givenFor(type: string, module: Struct, receiver: string): string | undefined {
  const plain = (text: string) => text.replace(/^\*/, '').replace(/^\w+\./, '');
  const field = module.fields.find(f => plain(f.type) === plain(type));
  if (!field) return undefined;
  const given = `${receiver}.${field.name}`;
  const [wants, has] = [type, field.type].map(t => t.startsWith('*'));
  return wants === has ? given : wants ? `&${given}` : `*${given}`;
}

/**
 * The migration's function itself where no keeper stands between; a closure where it takes what the
 * module's own type holds.
 */
function directly(job: MigrationJob, facts: FileFacts, own?: Struct, receiver = 'am'): string {
  const { repo, changes, module, step, ready } = job;
  const handed = own ? argumentsFrom(repo, own, receiver) : [];
  const root = rootOf(module.dir);
  if (ready)
    return closureFor(
      job,
      facts,
      readyLike(repo, root, step, ready, heldKeeper(repo, own, receiver)),
    );
  const call = withoutComments(root, step, handed);
  if (handed.length > 0) return closureFor(job, facts, call);
  const written = importCall(repo, changes, facts, call);
  writeMigration(job, call.made);
  return written.slice(0, written.indexOf('('));
}

/** How the module calls itself: what its Name method returns. */
function nameExpr({ repo, module }: MigrationJob, facts: FileFacts): string {
  for (const { facts: file, func } of repo.functions(module.dir, 'Name')) {
    const node =
      file === facts && func.receiver
        ? namedChildren(namedChildren(findAll(func.syntax, 'return_statement')[0])[0])[0]
        : undefined;
    if (node && /^[\w.]+$/.test(textOf({ facts, node }))) return textOf({ facts, node });
  }
  return quote(module.name);
}

function indented(statement: string): string {
  return statement
    .split('\n')
    .map(line => (line === '' ? '' : `\t${line}`))
    .join('\n');
}
