import { basename, join } from '../../files.ts';
import { commentStart } from '../../go/edit/comment-above.ts';
import { indentAt, indentRest, lineStart } from '../../go/edit/edit.ts';
import { assemble } from '../../go/edit/go-file.ts';
import type { ImportSpec } from '../../go/edit/imports.ts';
import { qualifierOf } from '../../go/edit/imports.ts';
import { aliasInUse } from '../../go/edit/imports-in-use.ts';
import type { FileFacts } from '../../go/source/facts.ts';
import { importsOf } from '../../go/source/facts.ts';
import { Refusal } from '../../refusal.ts';
import { render } from '../../render.ts';
import type { GenerationFacts } from '../../sdk/generations.ts';
import type { AppNames, Build } from '../../wiring/app-names.ts';
import { functionsOf } from '../../wiring/call-sites.ts';
import { calledAfterLoading, tooLate } from '../../wiring/loading/load-order.ts';
import type { FuncAt } from '../../wiring/style.ts';
import { hasWord } from '../go-tree.ts';
import { handlerParameters } from '../handler/handler-shape.ts';
import type { StructShape } from '../package/first-package.ts';
import { importPathOf } from '../package/import-path.ts';
import { needsAlias } from '../package/package-name.ts';
import type { NewPackage } from '../package/upgrade-package.ts';
import type { Job } from '../upgrade/job.ts';
import { emptyRegister, fillStub } from './register-stub.ts';

/** What the list of a new framework is wired from. */
export interface FrameworkParts {
  readonly sdk: GenerationFacts;
  readonly names: AppNames;
  readonly struct: StructShape;
  /** The first upgrade's package. */
  readonly made: NewPackage;
}

/** The functions that register a list of upgrades, as the app writes them. */
interface Registering {
  /** An empty function of the app that takes the loop; else new functions are written. */
  readonly stub: FuncAt | undefined;
  /** The receiver's name, and how it is declared. */
  readonly app: string;
  readonly receiver: string;
  readonly configurator: Configurator | undefined;
}

interface Configurator {
  readonly text: string;
  /** Whether the register function is handed it. */
  readonly parameter: boolean;
}

/**
 * Writes the list, the loop over it and the store loader into app/upgrades.go, and their call
 * before the app loads; or into an empty function that the app calls already.
 */
export function wireFramework(job: Job, parts: FrameworkParts): void {
  const { repo, app } = job;
  const stub = emptyRegister(job);
  const file = stub?.facts.path ?? join(app.dir, 'upgrades.go');
  refuseTaken(job, stub);
  const registering = registeringFor(job, parts.names, stub);
  const given = handlerArguments(job, parts, registering);
  const imports = importsFor(job, parts);
  for (const name of ['upgrades', parts.made.name])
    refuseTakenName(job, repo.facts(file), name, imports.get(name)!);
  const upgradetypes = imports.get('upgradetypes')!;
  const qualifier = qualifierOf(repo, app.dir, upgradetypes);
  imports.set(qualifier, upgradetypes);
  const list = render('framework/list.go', {
    list: 'Upgrades',
    element: `${parts.made.name}.Upgrade`,
  }).trimEnd();
  const loop = registerLoop(parts, registering.app, given);
  const loader = storeLoader(parts, registering, qualifier);
  if (stub) {
    const call = loader ? `\n\n\t${registering.app}.setupUpgradeStoreLoaders()` : '';
    fillStub(job, stub, { above: list, body: indentRest(loop, '\t') + call, below: loader });
    importUsed(job, file, imports, [list, loop, loader ?? ''].join('\n'));
    return;
  }
  const body = [list, registerFunction(registering, loop), loader]
    .filter(text => text !== undefined)
    .join('\n\n');
  writeInto(job, file, body, imports, parts.names.constructor.facts.package);
  const parameter = registering.configurator?.parameter ? registering.configurator.text : undefined;
  for (const build of parts.names.builds) callBefore(job, build, parameter, loader !== undefined);
}

/** Refuses where the app has the names of what would be written, or a stub that runs too late. */
function refuseTaken({ repo, app }: Job, stub: FuncAt | undefined): void {
  const isTaken =
    repo.value(app.dir, 'Upgrades') !== undefined ||
    functionsOf(repo, app.dir).some(
      ({ func }) => func.name === 'setupUpgradeHandlers' && func !== stub?.func,
    );
  if (isTaken)
    throw new Refusal(
      'the app declares Upgrades or setupUpgradeHandlers already for something else; ' +
        'add the upgrade by hand',
    );
  if (stub && calledAfterLoading(repo, app, stub.func.name))
    throw new Refusal(tooLate(stub.func.name), { file: stub.facts.path });
}

function registeringFor(job: Job, names: AppNames, stub: FuncAt | undefined): Registering {
  const declared = stub?.func.receiver;
  const app = declared?.name || names.app;
  const type = declared ? `${declared.pointer ? '*' : ''}${declared.type}` : `*${job.app.type}`;
  return {
    stub,
    app,
    receiver: `${app} ${type}`,
    configurator: configuratorFor(names, stub, app),
  };
}

function configuratorFor(
  names: AppNames,
  stub: FuncAt | undefined,
  app: string,
): Configurator | undefined {
  const parameters = stub ? handlerParameters(stub.func.syntax!, stub.facts).list : [];
  const given = parameters.find(p => p.type.endsWith('.Configurator'));
  if (given) return { text: given.name, parameter: false };
  if (!names.configurator) return undefined;
  const { text, local } = names.configurator;
  if (!local) return { text: `${app}.${text}`, parameter: false };
  return stub ? undefined : { text, parameter: true };
}

/** What the loop hands to an upgrade's handler constructor. */
function handlerArguments(job: Job, { sdk, names }: FrameworkParts, to: Registering): string {
  if (sdk.handlerContext === 'none') return '';
  const manager = need(names.manager, 'module manager', job.app.type);
  const configurator = need(to.configurator?.text, 'configurator', job.app.type);
  return `${to.app}.${manager}, ${configurator}`;
}

function need(value: string | undefined, what: string, type: string): string {
  if (value !== undefined) return value;
  throw new Refusal(
    `the ${what} of the app was not found; keep it in a field of ${type} ` +
      'so that a handler can run migrations',
  );
}

/** The imports that the list's file may use, by the name it uses. */
function importsFor({ repo, app }: Job, { sdk, struct, made }: FrameworkParts) {
  const upgradetypes = aliasInUse(repo, app.dir, sdk.upgradeTypes) ?? {
    path: sdk.upgradeTypes,
    alias: 'upgradetypes',
  };
  const madePath = `${importPathOf(repo, app.dir)}/upgrades/${basename(made.dir)}`;
  return new Map<string, ImportSpec>([
    ['fmt', { path: 'fmt', alias: undefined }],
    ['upgradetypes', upgradetypes],
    ['module', { path: sdk.module, alias: undefined }],
    ['upgrades', { path: struct.path, alias: undefined }],
    [made.name, { path: madePath, alias: needsAlias(made) }],
  ]);
}

/** The list's file names two packages; Go wants those names for nothing else there. */
function refuseTakenName(
  job: Job,
  facts: FileFacts | undefined,
  name: string,
  spec: ImportSpec,
): void {
  const isImported =
    facts &&
    importsOf(facts).some(
      i => i.path !== spec.path && qualifierOf(job.repo, job.app.dir, i) === name,
    );
  const other = isImported
    ? facts
    : job.repo.filesOf(job.app.dir).find(file => declares(file, name));
  if (other)
    throw new Refusal(
      `${other.path} uses the name ${name} for something else, ` +
        'and the list of upgrades needs it for a package; rename it',
      { file: other.path },
    );
}

function declares({ consts, vars, types, funcs }: FileFacts, name: string): boolean {
  const functions = funcs.filter(func => !func.receiver);
  return [...consts, ...vars, ...types, ...functions].some(one => one.name === name);
}

function registerLoop({ names, struct }: FrameworkParts, app: string, given: string): string {
  return render('framework/register-loop.go', {
    list: 'Upgrades',
    keeper: `${app}.${names.keeper!}`,
    arguments: given,
  })
    .replaceAll('upgrade.UpgradeName', `upgrade.${struct.nameField}`)
    .replaceAll('upgrade.CreateUpgradeHandler', `upgrade.${struct.handlerField}`)
    .trimEnd();
}

/** The function that loads the list's stores; undefined where upgrades cannot change stores. */
function storeLoader(
  { sdk, names, struct }: FrameworkParts,
  { app, receiver }: Registering,
  upgradetypes: string,
): string | undefined {
  if (!sdk.storeLoader || !struct.storesField) return undefined;
  return render('wiring/list-loader.go', {
    func: 'setupUpgradeStoreLoaders',
    receiver,
    keeper: `${app}.${names.keeper!}`,
    base: app,
    fmt: 'fmt',
    item: 'upgrade',
    list: 'Upgrades',
    nameField: struct.nameField,
    storesField: struct.storesField,
    upgradetypes,
  }).trimEnd();
}

function registerFunction({ receiver, configurator }: Registering, loop: string): string {
  return render('framework/register.go', {
    func: 'setupUpgradeHandlers',
    receiver,
    parameter: configurator?.parameter ? `${configurator.text} module.Configurator` : '',
    loop: indentRest(loop, '\t'),
  }).trimEnd();
}

/** Writes declarations at the end of a file, or a new file with them. */
function writeInto(
  job: Job,
  file: string,
  body: string,
  imports: ReadonlyMap<string, ImportSpec>,
  packageName: string,
): void {
  const { repo } = job;
  const facts = repo.facts(file);
  if (facts) {
    const end = facts.text.length;
    const newline = facts.text.endsWith('\n') ? '' : '\n';
    job.changes.edit(file, end, end, `${newline}\n${body}\n`);
    importUsed(job, file, imports, body);
    return;
  }
  const withCreates = repo.with(job.creates.map(create => [create.file, create.text]));
  const packageClause = `package ${packageName}`;
  const text = assemble(withCreates, { path: file, header: '', packageClause, body, imports });
  job.creates.push({ file, text });
}

function importUsed(
  job: Job,
  file: string,
  imports: ReadonlyMap<string, ImportSpec>,
  code: string,
): void {
  for (const [name, spec] of imports)
    if (new RegExp(`\\b${name}\\.`).test(code)) job.changes.import(file, spec);
}

/** Calls both functions right before an app loads its stores. */
function callBefore(
  job: Job,
  { fn, load, app }: Build,
  configurator: string | undefined,
  hasLoader: boolean,
): void {
  const { text, path } = fn.facts;
  const above = text.slice(fn.func.start, load.start);
  if (configurator !== undefined && !hasWord(above, configurator))
    throw new Refusal(
      `${fn.func.name} in ${path} builds the app without ${configurator}; ` +
        `keep the configurator in a field of ${job.app.type}`,
      { file: path },
    );
  const at = commentStart(text, lineStart(text, load.start));
  const calls = [
    `setupUpgradeHandlers(${configurator ?? ''})`,
    ...(hasLoader ? ['setupUpgradeStoreLoaders()'] : []),
  ];
  const lines = calls.map(call => `${indentAt(text, load.start)}${app}.${call}\n`);
  job.changes.edit(path, at, at, `${lines.join('')}\n`);
}
