import { dirname } from '../../files.ts';
import { commentStart } from '../../go/edit/comment-above.ts';
import { indentAt, indentRest, lineEnd, lineStart } from '../../go/edit/edit.ts';
import { qualifierOf } from '../../go/edit/imports.ts';
import { aliasInUse, freeImport } from '../../go/edit/imports-in-use.ts';
import type { FoundFunc } from '../../go/repo/repo.ts';
import type { FileFacts, Func } from '../../go/source/facts.ts';
import type { SyntaxNode } from '../../go/syntax/syntax.ts';
import { childByField, findAll, namedChildren, quote } from '../../go/syntax/syntax.ts';
import { Refusal } from '../../refusal.ts';
import { importsOfGeneration } from '../../sdk/generations.ts';
import { nodeText } from '../go-tree.ts';
import { handlerParameters, usableName } from '../handler/handler-shape.ts';
import { importCalled } from '../package/import-like.ts';
import { generatedLike, importCall, inOwnLayout } from './called-migration.ts';
import { closureFor } from './closure.ts';
import { methodOf, rootOf } from './find-module.ts';
import { heldKeeper } from './generated-body.ts';
import type { MigrationJob } from './job.ts';
import type { Struct } from './keeper.ts';
import { argumentsFrom, structIn } from './keeper.ts';
import { heldByModule, migratorHandler } from './migrator-handler.ts';
import { registrationStatement } from './registration.ts';
import { writeMigration } from './write.ts';

/**
 * Registers a module's first migration: at the end of its RegisterServices, which a module without
 * one gets.
 */
export function registerFirst(job: MigrationJob): void {
  const type = versionMethod(job)?.func.receiver?.type;
  const services = methodOf(job.repo, job.module.dir, 'RegisterServices', type);
  if (services) {
    registerIn(job, services.facts, services.func);
    return;
  }
  refuseGenerated(job);
  addRegisterServices(job, type);
}

/** What a generator wrote is there too, and not for people to change. */
function refuseGenerated({ repo, module: { dir, name } }: MigrationJob): void {
  const generated = repo.packages
    .get(dir)
    ?.files.find(path => repo.facts(path)?.funcs.some(isRegisterServices));
  if (generated !== undefined)
    throw new Refusal(
      `RegisterServices of ${name} is generated (${generated}); change what generates it`,
      { file: generated },
    );
}

function isRegisterServices({ name, receiver }: Func): boolean {
  return name === 'RegisterServices' && receiver !== undefined;
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
  const last = present.at(-1);
  const exit = last?.type === 'return_statement' ? last : undefined;
  const before = exit ? present.slice(0, -1) : present;
  const written = indented(statements);
  if (!nodeText(facts, block).includes('\n')) {
    const lineOf = (node: SyntaxNode) => `\t${nodeText(facts, node)}\n`;
    const leave = exit ? `\n${lineOf(exit)}` : '';
    const lines = `${before.map(lineOf).join('')}${written}${leave}`;
    changes.edit(path, block.start, block.end, `{\n${lines}}`);
    return;
  }
  // Blank lines at that end are replaced: gofmt allows one, and none before a brace.
  const end = exit ? startWithComments(text, exit) : block.end - 1;
  const start = text.slice(0, end).trimEnd().length;
  const above = start > block.start + 1 ? '\n\n' : '\n';
  const below = exit ? '\n' : '';
  changes.edit(path, start, lineStart(text, end), `${above}${written}${below}`);
}

/** Where a statement begins, with the lines of comment right above it. */
function startWithComments(text: string, { start }: SyntaxNode): number {
  const line = commentStart(text, start);
  if (line === lineStart(text, start)) return start;
  return line + indentAt(text, lineEnd(text, line) - 1).length;
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
  const name = nameExpr(job, facts);
  return registrationStatement({ configurator, name, handler, fail }, step);
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
  const place = { repo, root: rootOf(module.dir), step, store: job.store };
  if (job.ready) {
    const access = heldKeeper(repo, struct, receiver, job.store);
    return closureFor(job, facts, generatedLike(place, job.ready, access));
  }
  const handed = struct ? argumentsFrom(repo, struct, receiver, job.store) : [];
  const called = inOwnLayout(place, handed);
  if (handed.length > 0) return closureFor(job, facts, called);
  const call = importCall(repo, changes, facts, called);
  writeMigration(job, called.made);
  return call.slice(0, call.indexOf('('));
}

/** How the module calls itself: what its Name method returns, as a file of it names that. */
function nameExpr({ repo, module, changes }: MigrationJob, facts: FileFacts): string {
  const methods = repo.functions(module.dir, 'Name').filter(({ func }) => func.receiver);
  const here = methods.filter(found => found.facts === facts);
  for (const found of here.length > 0 ? here : methods) {
    const [statement] = findAll(repo.syntaxOf(found), 'return_statement');
    const [value] = namedChildren(namedChildren(statement)[0]);
    const written = nodeText(found.facts, value);
    if (value?.type === 'identifier') return written;
    if (value?.type !== 'selector_expression') continue;
    if (here.length > 0) return written;
    const [qualifier = '', name = ''] = written.split('.');
    const imported = importCalled(repo, found.facts, qualifier);
    if (!imported) continue;
    const spec = freeImport(repo, facts, { path: imported.path, alias: imported.alias });
    changes.import(facts.path, spec);
    return `${qualifierOf(repo, module.dir, spec)}.${name}`;
  }
  return quote(module.name);
}

function indented(statement: string): string {
  return `\t${indentRest(statement, '\t')}`;
}
