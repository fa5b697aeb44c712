import { dirname } from '../../files.ts';
import { indentRest, lineEnd, lineStart } from '../../go/edit/edit.ts';
import { qualifierOf } from '../../go/edit/imports.ts';
import { aliasInUse, freeImport } from '../../go/edit/imports-in-use.ts';
import type { FoundFunc } from '../../go/repo/repo.ts';
import type { FileFacts, Func } from '../../go/source/facts.ts';
import type { SyntaxNode } from '../../go/syntax/syntax.ts';
import { childByField, findAll, namedChildren, quote } from '../../go/syntax/syntax.ts';
import { Refusal } from '../../refusal.ts';
import { render } from '../../render.ts';
import { importsOfGeneration } from '../../sdk/generations.ts';
import { nodeText } from '../go-tree.ts';
import { handlerParameters, usableName } from '../handler/handler-shape.ts';
import { generatedLike, importCall, inOwnLayout } from './called-migration.ts';
import { closureFor } from './closure.ts';
import { methodOf, rootOf } from './find-module.ts';
import { heldKeeper } from './generated-body.ts';
import type { MigrationJob } from './job.ts';
import type { Struct } from './keeper.ts';
import { argumentsFrom, structIn } from './keeper.ts';
import { heldByModule, migratorHandler } from './migrator-handler.ts';
import { writeMigration } from './write.ts';

/**
 * Registers a module's first migration: at the end of its RegisterServices, which a module without
 * one gets.
 */
export function registerFirst(job: MigrationJob): void {
  const type = versionMethod(job)?.func.receiver?.type;
  const services = methodOf(job.repo, job.module.dir, 'RegisterServices', type);
  if (services) registerIn(job, services.facts, services.func);
  else addRegisterServices(job, type);
}

/** The module's ConsensusVersion, as it was read. */
function versionMethod({ repo, module }: MigrationJob): FoundFunc | undefined {
  const { dir, versionPlace: place } = module;
  return repo
    .functions(dir, 'ConsensusVersion')
    .find(
      ({ facts, func }) =>
        func.receiver &&
        facts.path === place?.file &&
        func.start <= place.start &&
        place.end <= func.end,
    );
}

/** Writes RegisterServices below ConsensusVersion. */
function addRegisterServices(job: MigrationJob, of: string | undefined): void {
  const version = methodOf(job.repo, job.module.dir, 'ConsensusVersion', of);
  if (!version?.func.receiver)
    throw new Refusal(
      `no method of ${job.module.name} was found beside which RegisterServices could be written; ` +
        'add it by hand',
      { file: job.module.dir },
    );
  const { facts, func } = version;
  const { pointer } = version.func.receiver;
  const type = version.func.receiver.type.replace(/Basics?$/, '');
  const receiver = 'am';
  const statement = statementFor(job, facts, {
    type,
    receiver,
    configurator: 'cfg',
    fail: 'panic',
  });
  const configurator = `${moduleQualifier(job, facts)}.Configurator`;
  const end = lineEnd(facts.text, func.end);
  job.changes.edit(
    facts.path,
    end,
    end,
    "\n// RegisterServices registers the module's migrations.\n" +
      `func (${receiver} ${pointer ? '*' : ''}${type}) RegisterServices(cfg ${configurator}) {\n` +
      `${indented(statement)}}\n`,
  );
}

/** Registers at the end of a module's RegisterServices. */
function registerIn(job: MigrationJob, facts: FileFacts, func: Func): void {
  const { type } = func.receiver!;
  const [given] = handlerParameters(func.syntax!, facts).list;
  // With depinject the method is given an interface, behind which the configurator is.
  const isRegistrar = given?.type.endsWith('ServiceRegistrar') ?? false;
  const parameter = usableName(given, isRegistrar ? 'registrar' : 'cfg');
  if (given && parameter !== given.name) nameFirst(job, facts, func, 'parameters', parameter);
  const receiver = usableName(func.receiver, 'am');
  if (receiver !== func.receiver!.name) nameFirst(job, facts, func, 'receiver', receiver);
  const result = nodeText(facts, childByField(func.syntax, 'result'));
  const fail = /\berror\b/.test(result) ? 'return ' : 'panic';
  const configurator = isRegistrar ? 'cfg' : parameter;
  const statement = statementFor(job, facts, { type, receiver, configurator, fail });
  const assertion = isRegistrar ? assertionFor(job, facts, parameter, fail) : '';
  appendTo(job, facts, childByField(func.syntax, 'body')!, assertion + statement);
}

/** Gives a name to the receiver or the first parameter of a method. */
function nameFirst(
  { changes }: MigrationJob,
  facts: FileFacts,
  { syntax }: Func,
  field: 'receiver' | 'parameters',
  name: string,
): void {
  const list = childByField(syntax, field)!;
  const written = nodeText(facts, list);
  const named = written.replace(/^\(\s*(_\s+)?/, `(${name} `);
  changes.edit(facts.path, list.start, list.end, named);
}

/** Gets the configurator out of the registrar. */
function assertionFor(
  job: MigrationJob,
  facts: FileFacts,
  registrar: string,
  fail: 'return ' | 'panic',
): string {
  const error = `fmt.Errorf("%T is no module.Configurator", ${registrar})`;
  const exit = fail === 'panic' ? `panic(${error})` : `return ${error}`;
  const type = `${moduleQualifier(job, facts)}.Configurator`;
  return `cfg, ok := ${registrar}.(${type})\nif !ok {\n\t${exit}\n}\n`;
}

/** Writes statements at the end of a block, above its last `return`. */
function appendTo(
  { changes }: MigrationJob,
  facts: FileFacts,
  block: SyntaxNode,
  statements: string,
): void {
  const { text, path } = facts;
  const present = namedChildren(block);
  const written = indented(statements);
  if (!nodeText(facts, block).includes('\n')) {
    const lines = present.map(node => `\t${nodeText(facts, node)}\n`).join('');
    changes.edit(path, block.start, block.end, `{\n${lines}${written}}`);
    return;
  }
  const last = present.at(-1);
  if (last?.type === 'return_statement') {
    const at = lineStart(text, last.start);
    changes.edit(path, at, at, `${present.length > 1 ? '\n' : ''}${written}\n`);
    return;
  }
  const at = lineStart(text, block.end - 1);
  changes.edit(path, at, at, `${present.length > 0 ? '\n' : ''}${written}`);
}

/** Imports the SDK's package `module`; returns the name it goes by. */
function moduleQualifier({ repo, app, module, changes }: MigrationJob, facts: FileFacts): string {
  const { generation } = app.sdk;
  if (generation === null)
    throw new Refusal('cannot choose the imports: the Cosmos SDK version of this app is not known');
  const { module: path } = importsOfGeneration(generation);
  const inUse = aliasInUse(repo, module.dir, path);
  const spec = freeImport(repo, facts, inUse ?? { path, alias: undefined });
  changes.import(facts.path, spec);
  return qualifierOf(repo, dirname(facts.path), spec);
}

/** What the registering statement is written with. */
interface StatementParts {
  /** The module's type, and what its value is called. */
  readonly type: string;
  readonly receiver: string;
  readonly configurator: string;
  readonly fail: 'return ' | 'panic';
}

/**
 * The registration, with what it hands over: a method of the keeper's migrator, or the migration
 * itself where the module has no keeper.
 */
function statementFor(
  job: MigrationJob,
  facts: FileFacts,
  { type, receiver, configurator, fail }: StatementParts,
): string {
  const { repo, changes, module, step } = job;
  const struct = structIn(repo, module.dir, type);
  changes.import(facts.path, freeImport(repo, facts, { path: 'fmt', alias: undefined }));
  const held = struct && heldByModule(job, struct);
  const handler = held
    ? migratorHandler(job, struct, held, receiver)
    : directHandler(job, facts, struct, receiver);
  return render('migration/register.go', {
    configurator,
    name: nameExpr(job, facts),
    from: step.from,
    to: step.to,
    handler,
    fail,
  }).replace(/return \(fmt\.Errorf\((.*)\)\)$/m, 'return fmt.Errorf($1)');
}

/**
 * The migration's function itself where no keeper stands between; a closure where it takes what the
 * module's own type holds.
 */
function directHandler(
  job: MigrationJob,
  facts: FileFacts,
  struct: Struct | undefined,
  receiver: string,
): string {
  const { repo, changes, module, step } = job;
  const place = { repo, root: rootOf(module.dir), step };
  if (job.ready) {
    const access = heldKeeper(repo, struct, receiver);
    return closureFor(job, facts, generatedLike(place, job.ready, access));
  }
  const handed = struct ? argumentsFrom(repo, struct, receiver) : [];
  const called = inOwnLayout(place, handed);
  if (handed.length > 0) return closureFor(job, facts, called);
  const call = importCall(repo, changes, facts, called);
  writeMigration(job, called.made);
  return call.slice(0, call.indexOf('('));
}

/** How the module calls itself: what its Name method returns. */
function nameExpr({ repo, module }: MigrationJob, facts: FileFacts): string {
  for (const { facts: file, func } of repo.functions(module.dir, 'Name')) {
    if (file !== facts || !func.receiver) continue;
    const [statement] = findAll(func.syntax, 'return_statement');
    const [value] = namedChildren(namedChildren(statement)[0]);
    if (value && /^(identifier|selector_expression)$/.test(value.type))
      return nodeText(facts, value);
  }
  return quote(module.name);
}

function indented(statement: string): string {
  return `\t${indentRest(statement, '\t')}`;
}
