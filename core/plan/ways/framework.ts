import { insertElement } from '../../edit/list-element.ts';
import { basename, dirname, join } from '../../files.ts';
import { indentAt, indentRest, lineStart } from '../../go/edit/edit.ts';
import { assemble } from '../../go/edit/go-file.ts';
import type { ImportSpec } from '../../go/edit/imports.ts';
import { qualifierOf } from '../../go/edit/imports.ts';
import { aliasInUse, freeImport } from '../../go/edit/imports-in-use.ts';
import { importsOf } from '../../go/source/facts.ts';
import { callsOf, childByField, descend, namedChildren } from '../../go/syntax/syntax.ts';
import { Refusal } from '../../refusal.ts';
import { render } from '../../render.ts';
import { importsOfGeneration } from '../../sdk/generations.ts';
import type { AppNames } from '../../wiring/app-names.ts';
import { appNames } from '../../wiring/app-names.ts';
import { functionsOf } from '../../wiring/call-sites.ts';
import { calledAfterLoading, tooLate } from '../../wiring/loading/load-order.ts';
import { namesAt } from '../../wiring/names-at.ts';
import type { FuncAt, UpgradeList } from '../../wiring/style.ts';
import { handlerParameters, handlerShape, migrationCall } from '../handler/handler-shape.ts';
import type { StructShape } from '../package/first-package.ts';
import { firstPackage } from '../package/first-package.ts';
import { packageIdentifier } from '../package/naming.ts';
import { commentStart } from '../package/package-parts.ts';
import type { NewPackage } from '../package/upgrade-package.ts';
import { needsAlias } from '../package/package-name.ts';
import { testFile } from '../package/upgrade-test.ts';
import type { Job } from '../upgrade/job.ts';
import { refuseExisting } from '../upgrade/job.ts';
import { structType } from '../upgrade/list-loader.ts';
import { nameOf } from '../upgrade/neighbour.ts';
import type { Way } from './way.ts';

/**
 * R14, R14f, and chains that become a list: creates the list, its loop, its store loader and the
 * first upgrade (docs/architecture.md#a-chain-without-upgrades).
 */
export const framework: Way = {
  codes: ['R14', 'R14f'],
  insert(job) {
    createFramework(job);
    const old = job.wiring.registrations[0];
    if (old)
      job.notes.push(
        `The handler of ${nameOf(old)} stays registered where it is, beside the new list: take it out once no network still has to run it.`,
      );
    return undefined;
  },
};

function createFramework(job: Job): void {
  const { repo, app } = job;
  const known = appNames({ repo, dir: app.dir, type: app.type });
  if (!known)
    throw new Refusal(
      `no function of ${app.dir || 'the app'} loads the app's stores (LoadLatestVersion, Load), so there is no place to register handlers`,
    );
  const names = { ...known, ...namesOfHandler(job) };
  if (!names.keeper)
    throw new Refusal(`${app.type} keeps no upgrade keeper; add x/upgrade to the app first`);
  const generation = app.sdk.generation;
  if (generation === null)
    throw new Refusal(
      `the Cosmos SDK version of ${app.sdk.gomod || 'this app'} is not known, so the right imports are not either`,
    );
  const sdk = importsOfGeneration(generation);
  const loader = job.wiring.loadings.find(l => l.code === 'S9')?.site.call;
  if (loader)
    throw new Refusal(
      `the app loads its stores by a loader of its own (${loader.facts.text.slice(loader.node.start, loader.node.end).replace(/\s+/g, ' ').slice(0, 80)}), which a list's loader would take the place of; rewrite the single handler, or add the list by hand`,
      { file: loader.facts.path },
    );
  const root = join(app.dir, 'upgrades');
  const path = repo.importPath(app.dir);
  if (path === undefined) throw new Refusal('the app lies outside every Go module; add a go.mod');
  const target = {
    dir: join(root, packageIdentifier(job.name)),
    name: packageIdentifier(job.name),
  };
  refuseExisting(job, target.dir);
  const struct = existingStruct(job, root) ?? ownStruct(path);
  if (!repo.packages.has(root)) {
    const file = join(root, 'types.go');
    const imports = new Map<string, ImportSpec>([
      ['upgradetypes', { path: sdk.upgradeTypes, alias: 'upgradetypes' }],
      ['storetypes', { path: sdk.storeTypes, alias: 'storetypes' }],
      ['module', { path: sdk.module, alias: undefined }],
    ]);
    const body = render('framework/types.go', {
      old: sdk.handlerContext === 'none',
      loader: sdk.storeLoader,
    });
    job.creates.push({
      file,
      text: assemble(repo, {
        path: file,
        header: '',
        packageClause: 'package upgrades',
        body,
        imports,
      }),
    });
  } else if (!struct.handler)
    throw new Refusal(
      `${root} exists already but holds no Upgrade struct that could be used; move it or write the first upgrade by hand`,
      { file: root },
    );
  const made = firstPackage(job, target, {
    ...struct,
    storesField: sdk.storeLoader ? struct.storesField : undefined,
  });
  job.creates.push(...made.creates);
  wire(job, names, made, struct);
  if (job.test)
    job.creates.push(
      testFile(job, {
        package: target,
        file: join(target.dir, 'upgrade_test.go'),
        made,
        upgrade: 'Upgrade',
        nameField: struct.nameField,
        handlerField: struct.handlerField,
      }),
    );
}

/**
 * What a handler that the app has already is registered on and runs migrations with, where those
 * are the app's own fields and methods.
 */
function namesOfHandler(job: Job): Partial<Pick<AppNames, 'keeper' | 'manager' | 'configurator'>> {
  const old = job.wiring.registrations.find(r => r.code === 'R3');
  const receiver = old?.site.func.receiver?.name;
  if (!old || !receiver) return {};
  const ofApp = (text: string | undefined) =>
    text?.startsWith(`${receiver}.`) ? text.slice(receiver.length + 1) : undefined;
  const shape = old.handler && handlerShape(job.repo, old.handler, nameOf(old));
  const call = shape && !shape.maker ? migrationCall(shape) : undefined;
  const keeper = ofApp(
    namesAt({ facts: old.site.call.facts, func: old.site.func, dir: old.site.dir }).keeper,
  );
  const manager = ofApp(call?.manager);
  const configurator = ofApp(call?.configurator);
  return {
    ...(keeper && { keeper }),
    ...(manager && { manager }),
    ...(configurator && { configurator: { text: configurator, local: false } }),
  };
}

function ownStruct(appPath: string): StructShape {
  return {
    path: `${appPath}/upgrades`,
    packageName: 'upgrades',
    type: 'Upgrade',
    nameField: 'UpgradeName',
    handlerField: 'CreateUpgradeHandler',
    storesField: 'StoreUpgrades',
    handler: undefined,
  };
}

/** An Upgrade struct that the chain has already although it lists no upgrade. */
function existingStruct(job: Job, dir: string): StructShape | undefined {
  const { repo } = job;
  for (const facts of repo.filesOf(dir)) {
    const spec = facts.types.find(t => t.name === 'Upgrade' && t.syntax.type === 'struct_type');
    const shape = spec && shapeOf(facts, spec.syntax, repo.importPath(dir) ?? dir, facts.package);
    if (shape) return shape;
  }
  return undefined;
}

function shapeOf(
  facts: FuncAt['facts'],
  syntax: Parameters<typeof descend>[0],
  path: string,
  packageName: string,
): StructShape | undefined {
  const fields = [...descend(syntax)].filter(n => n.type === 'field_declaration');
  const text = (n: { start: number; end: number } | undefined) =>
    n ? facts.text.slice(n.start, n.end) : '';
  const find = (test: (type: string) => boolean) =>
    fields.find(f => test(text(childByField(f, 'type'))));
  const name = find(t => t === 'string');
  const handler = find(t => /^func\(/.test(t));
  const stores = find(t => /(^|\.)StoreUpgrades$/.test(t));
  const type = handler && childByField(handler, 'type');
  if (!name || !handler || !type) return undefined;
  return {
    path,
    packageName,
    type: 'Upgrade',
    nameField: text(childByField(name, 'name')),
    handlerField: text(childByField(handler, 'name')),
    storesField: stores && text(childByField(stores, 'name')),
    handler: { facts, node: type },
  };
}

/** R1 with an empty list: the first element, in a package after the struct's own declaration. */
export function firstInList(job: Job, found: UpgradeList): void {
  const { repo } = job;
  const declared = structType(repo, found);
  if (!declared)
    throw new Refusal(
      `the type of ${found.list.name}'s elements was not found; write the first upgrade by hand`,
    );
  const dir = dirname(declared.facts.path);
  const shape = shapeOf(
    declared.facts,
    declared.spec.syntax,
    repo.importPath(dir) ?? dir,
    declared.facts.package,
  );
  if (!shape)
    throw new Refusal(
      `${declared.spec.name} has no name or handler field that could be filled; write the first upgrade by hand`,
    );
  const target = {
    dir: join(dir === job.app.dir ? join(dir, 'upgrades') : dir, packageIdentifier(job.name)),
    name: packageIdentifier(job.name),
  };
  refuseExisting(job, target.dir);
  const made = firstPackage(job, target, {
    ...shape,
    type: declared.spec.name,
    nameField: found.list.nameField,
    handlerField: found.list.handlerField,
  });
  job.creates.push(...made.creates);
  const { facts } = found.list.literal;
  const wanted = importFor(job, facts, target);
  job.changes.import(facts.path, wanted);
  insertElement(
    job.changes,
    found.list.literal,
    undefined,
    `${wanted.alias ?? target.name}.Upgrade`,
    false,
  );
  if (job.test)
    job.creates.push(
      testFile(job, {
        package: target,
        file: join(target.dir, 'upgrade_test.go'),
        made,
        upgrade: 'Upgrade',
        nameField: found.list.nameField,
        handlerField: found.list.handlerField,
      }),
    );
}

function importFor(
  job: Job,
  facts: FuncAt['facts'],
  target: { dir: string; name: string },
): ImportSpec {
  const parent = job.repo.importPath(dirname(target.dir));
  return freeImport(job.repo.with(job.creates.map(c => [c.file, c.text])), facts, {
    path: `${parent}/${basename(target.dir)}`,
    alias: needsAlias(target),
  });
}

/**
 * The list, the loop over it and the store loader, in app/upgrades.go, and their call before the
 * app loads.
 */
function wire(job: Job, names: AppNames, made: NewPackage, struct: StructShape): void {
  const { repo, app } = job;
  const sdk = importsOfGeneration(app.sdk.generation!);
  const old = sdk.handlerContext === 'none';
  const stub = emptyRegister(job);
  const file = stub?.facts.path ?? join(app.dir, 'upgrades.go');
  const facts = repo.facts(file);
  if (
    repo.value(app.dir, 'Upgrades') ||
    functionsOf(repo, app.dir).some(
      f => f.func.name === 'setupUpgradeHandlers' && f.func !== stub?.func,
    )
  ) {
    throw new Refusal(
      'the app declares Upgrades or setupUpgradeHandlers already for something else; add the upgrade by hand',
    );
  }
  if (stub && calledAfterLoading(repo, app, stub.func.name))
    throw new Refusal(tooLate(stub.func.name), { file: stub.facts.path });
  const receiverName = stub?.func.receiver?.name || names.app;
  const receiver = stub?.func.receiver
    ? `${receiverName} ${stub.func.receiver.pointer ? '*' : ''}${stub.func.receiver.type}`
    : `${receiverName} *${app.type}`;
  const configurator = configuratorFor(names, stub, receiverName);
  const argumentsText = old
    ? ''
    : `${receiverName}.${need(names.manager, 'module manager', app.type)}, ${need(configurator?.text, 'configurator', app.type)}`;
  const imports = new Map<string, ImportSpec>([
    ['fmt', { path: 'fmt', alias: undefined }],
    [
      'upgradetypes',
      aliasInUse(repo, app.dir, sdk.upgradeTypes) ?? {
        path: sdk.upgradeTypes,
        alias: 'upgradetypes',
      },
    ],
    ['module', { path: sdk.module, alias: undefined }],
    ['upgrades', { path: struct.path, alias: undefined }],
    [
      made.name,
      {
        path: `${repo.importPath(app.dir)}/upgrades/${basename(made.dir)}`,
        alias: needsAlias(made),
      },
    ],
  ]);
  for (const name of ['upgrades', made.name]) refuseTakenName(job, facts, name, imports.get(name)!);
  const upgradetypes = qualifierOf(repo, app.dir, imports.get('upgradetypes')!);
  imports.set(upgradetypes, imports.get('upgradetypes')!);
  const list = render('framework/list.go', {
    list: 'Upgrades',
    element: `${made.name}.Upgrade`,
  }).trimEnd();
  const loop = render('framework/register-loop.go', {
    list: 'Upgrades',
    keeper: `${receiverName}.${names.keeper}`,
    arguments: argumentsText,
  })
    .replaceAll('upgrade.UpgradeName', `upgrade.${struct.nameField}`)
    .replaceAll('upgrade.CreateUpgradeHandler', `upgrade.${struct.handlerField}`)
    .trimEnd();
  const loader =
    sdk.storeLoader && struct.storesField
      ? render('wiring/list-loader.go', {
          func: 'setupUpgradeStoreLoaders',
          receiver,
          keeper: `${receiverName}.${names.keeper}`,
          base: receiverName,
          fmt: 'fmt',
          item: 'upgrade',
          list: 'Upgrades',
          nameField: struct.nameField,
          storesField: struct.storesField,
          upgradetypes,
        }).trimEnd()
      : undefined;
  if (stub) {
    fillStub(
      job,
      stub,
      [list],
      indentRest(loop, '\t') + (loader ? `\n\n\t${receiverName}.setupUpgradeStoreLoaders()` : ''),
      loader,
    );
    for (const wanted of usedOf(imports, [list, loop, loader ?? '']))
      job.changes.import(file, wanted);
    return;
  }
  const register = render('framework/register.go', {
    func: 'setupUpgradeHandlers',
    receiver,
    parameter: configurator?.parameter ? `${configurator.text} module.Configurator` : '',
    loop: indentRest(loop, '\t'),
  }).trimEnd();
  const body = [list, register, ...(loader ? [loader] : [])].join('\n\n');
  if (facts) {
    job.changes.edit(
      file,
      facts.text.length,
      facts.text.length,
      `${facts.text.endsWith('\n') ? '' : '\n'}\n${body}\n`,
    );
    for (const wanted of usedOf(imports, [body])) job.changes.import(file, wanted);
  } else
    job.creates.push({
      file,
      text: assemble(repo.with(job.creates.map(c => [c.file, c.text])), {
        path: file,
        header: '',
        packageClause: `package ${names.constructor.facts.package}`,
        body,
        imports,
      }),
    });
  for (const build of names.builds)
    callBefore(job, build, configurator?.parameter ? configurator.text : '', loader !== undefined);
}

/** The list's file names two packages; Go wants those names for nothing else there. */
function refuseTakenName(
  job: Job,
  facts: FuncAt['facts'] | undefined,
  name: string,
  wanted: ImportSpec,
): void {
  const declares = (file: FuncAt['facts']) =>
    [...file.consts, ...file.vars, ...file.types, ...file.funcs.filter(f => !f.receiver)].some(
      d => d.name === name,
    );
  const declaring = job.repo.filesOf(job.app.dir).find(declares);
  const other =
    facts &&
    importsOf(facts).some(
      i => i.path !== wanted.path && qualifierOf(job.repo, job.app.dir, i) === name,
    )
      ? facts
      : declaring;
  if (other)
    throw new Refusal(
      `${other.path} uses the name ${name} for something else, and the list of upgrades needs it for a package; rename it`,
      { file: other.path },
    );
}

/** Calls both functions right before an app loads its stores. */
function callBefore(
  job: Job,
  { fn, load, app }: AppNames['builds'][number],
  configurator: string,
  loader: boolean,
): void {
  const { text, path } = fn.facts;
  if (
    configurator !== '' &&
    !new RegExp(`\\b${configurator}\\b`).test(text.slice(fn.func.start, load.start))
  ) {
    throw new Refusal(
      `${fn.func.name} in ${path} builds the app without ${configurator}; keep the configurator in a field of ${job.app.type}`,
      { file: path },
    );
  }
  const before = lineStart(text, load.start);
  const indent = indentAt(text, load.start);
  const at = commentStart(text, before);
  const calls = [
    `setupUpgradeHandlers(${configurator})`,
    ...(loader ? ['setupUpgradeStoreLoaders()'] : []),
  ];
  job.changes.edit(path, at, at, `${calls.map(call => `${indent}${app}.${call}\n`).join('')}\n`);
}

function usedOf(imports: ReadonlyMap<string, ImportSpec>, texts: readonly string[]): ImportSpec[] {
  return [...imports]
    .filter(([name]) => texts.some(t => new RegExp(`\\b${name}\\.`).test(t)))
    .map(([, wanted]) => wanted);
}

function need(value: string | undefined, what: string, type: string): string {
  if (value === undefined)
    throw new Refusal(
      `the ${what} of the app was not found; keep it in a field of ${type} so that a handler can run migrations`,
    );
  return value;
}

/** A register function with an empty body that the app already calls. */
function emptyRegister(job: Job): FuncAt | undefined {
  const functions = functionsOf(job.repo, job.app.dir);
  return functions.find(
    ({ facts, func }) =>
      func.receiver?.type === job.app.type &&
      /upgrade/i.test(func.name) &&
      /handler|upgrades$/i.test(func.name) &&
      namedChildren(childByField(func.syntax, 'body')).length === 0 &&
      !/\breturn\b/.test(facts.text.slice(func.start, func.end)) &&
      !childByField(func.syntax, 'result') &&
      functions.some(other => callsOf(other.func.syntax, other.facts.text, func.name).length > 0),
  );
}

function configuratorFor(
  names: AppNames,
  stub: FuncAt | undefined,
  receiver: string,
): { text: string; parameter: boolean } | undefined {
  const given =
    stub &&
    handlerParameters(stub.func.syntax!, stub.facts).list.find(p => /\.Configurator$/.test(p.type));
  if (given) return { text: given.name, parameter: false };
  if (!names.configurator || (stub && names.configurator.local)) return undefined;
  return names.configurator.local
    ? { text: names.configurator.text, parameter: true }
    : { text: `${receiver}.${names.configurator.text}`, parameter: false };
}

function fillStub(
  job: Job,
  stub: FuncAt,
  above: readonly string[],
  body: string,
  below: string | undefined,
): void {
  const { facts, func } = stub;
  const block = childByField(func.syntax, 'body')!;
  const inner = facts.text.slice(block.start + 1, block.end - 1);
  const kept = inner.trim() ? `\n${inner.replace(/^\s*\n/, '').trimEnd()}` : '';
  job.changes.edit(
    facts.path,
    block.start,
    block.end,
    `{${kept}\n\t${body}\n}${below ? `\n\n${below}` : ''}`,
  );
  const line = lineStart(facts.text, func.start);
  const at = commentStart(facts.text, line);
  // A comment that says nothing is registered is no longer true.
  const stale = /\b(nothing|empty|no-?op|none|no)\b/i.test(facts.text.slice(at, line));
  job.changes.edit(
    facts.path,
    at,
    stale ? line : at,
    `${above.join('\n\n')}\n\n${stale ? `// ${func.name} registers the handlers of all upgrades. It must run before the app loads its stores.\n` : ''}`,
  );
}
