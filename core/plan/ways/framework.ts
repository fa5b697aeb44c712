import { join } from '../../files.ts';
import { assemble } from '../../go/edit/go-file.ts';
import type { ImportSpec } from '../../go/edit/imports.ts';
import { textOf } from '../../go/eval/value.ts';
import { Refusal } from '../../refusal.ts';
import { render } from '../../render.ts';
import type { GenerationFacts } from '../../sdk/generations.ts';
import { importsOfGeneration } from '../../sdk/generations.ts';
import type { AppNames } from '../../wiring/app-names.ts';
import { appNames } from '../../wiring/app-names.ts';
import { namesAt } from '../../wiring/names-at.ts';
import { migrationCall, registeredHandler } from '../handler/handler-shape.ts';
import { firstPackage } from '../package/first-package.ts';
import { importPathOf } from '../package/import-path.ts';
import { packageIdentifier } from '../package/naming.ts';
import { testFile } from '../package/upgrade-test.ts';
import { refuseExisting } from '../refuse-existing.ts';
import type { Job } from '../upgrade/job.ts';
import { nameOf } from '../upgrade/neighbour.ts';
import { wireFramework } from './framework-wiring.ts';
import { existingStruct, ownStruct } from './upgrade-struct.ts';
import type { Way } from './way.ts';

/**
 * R14, R14f, and chains that become a list: creates the list, its loop, its store loader and the
 * first upgrade, in our own layout (docs/architecture.md#a-chain-without-upgrades).
 */
export const framework: Way = {
  codes: ['R14', 'R14f'],
  insert(job) {
    createFramework(job);
    const old = job.wiring.registrations[0];
    if (old)
      job.notes.push(
        `The handler of ${nameOf(old)} stays registered where it is, beside the new list: ` +
          'take it out once no network still has to run it.',
      );
    return undefined;
  },
};

function createFramework(job: Job): void {
  const { repo, app } = job;
  const names = namesFor(job);
  const sdk = generationOf(job);
  refuseOwnLoader(job);
  const path = importPathOf(repo, app.dir);
  const root = join(app.dir, 'upgrades');
  const name = packageIdentifier(job.name);
  const target = { dir: join(root, name), name };
  refuseExisting(job.repo.texts.keys(), target.dir);
  const struct = existingStruct(repo, root) ?? ownStruct(path);
  if (!repo.packages.has(root)) writeTypes(job, root, sdk);
  else if (!struct.handler)
    throw new Refusal(
      `${root} exists already but has no Upgrade struct that could be used; ` +
        'move it or write the first upgrade by hand',
      { file: root },
    );
  const storesField = sdk.storeLoader ? struct.storesField : undefined;
  const made = firstPackage(job, target, { ...struct, storesField });
  job.creates.push(...made.creates);
  wireFramework(job, { sdk, names, struct, made });
  if (job.test) {
    const { nameField, handlerField } = struct;
    const file = join(target.dir, 'upgrade_test.go');
    const upgrade = 'Upgrade';
    job.creates.push(
      testFile(job, { package: target, file, made, upgrade, nameField, handlerField }),
    );
  }
}

/** What the new functions call in the app. */
function namesFor(job: Job): AppNames {
  const { repo, app } = job;
  const known = appNames({ repo, dir: app.dir, type: app.type });
  if (!known)
    throw new Refusal(
      `no function of ${app.dir || 'the app'} loads the app's stores (LoadLatestVersion, Load), ` +
        'so there is no place to register handlers',
    );
  const names = { ...known, ...namesOfHandler(job) };
  if (!names.keeper)
    throw new Refusal(`${app.type} keeps no upgrade keeper; add x/upgrade to the app first`);
  return names;
}

function generationOf({ app }: Job): GenerationFacts {
  const { generation, gomod } = app.sdk;
  if (generation === null)
    throw new Refusal(
      `cannot choose the imports: the Cosmos SDK version of ${gomod || 'this app'} is not known`,
    );
  return importsOfGeneration(generation);
}

/** A list's store loader would take the place of a loader of the app's own. */
function refuseOwnLoader(job: Job): void {
  const loader = job.wiring.loadings.find(l => l.code === 'S9')?.site.call;
  if (!loader) return;
  const written = textOf(loader).replace(/\s+/g, ' ').slice(0, 80);
  throw new Refusal(
    `the app loads its stores with a loader of its own (${written}), which a list's loader would ` +
      'replace; add the list by hand',
    { file: loader.facts.path },
  );
}

/** Declares the struct of an upgrade in upgrades/types.go. */
function writeTypes(job: Job, root: string, sdk: GenerationFacts): void {
  const path = join(root, 'types.go');
  const imports = new Map<string, ImportSpec>([
    ['upgradetypes', { path: sdk.upgradeTypes, alias: 'upgradetypes' }],
    ['storetypes', { path: sdk.storeTypes, alias: 'storetypes' }],
    ['module', { path: sdk.module, alias: undefined }],
  ]);
  const body = render('framework/types.go', {
    old: sdk.handlerContext === 'none',
    loader: sdk.storeLoader,
  });
  const packageClause = 'package upgrades';
  const text = assemble(job.repo, { path, header: '', packageClause, body, imports });
  job.creates.push({ file: path, text });
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
  const { call: site, func, dir } = old.site;
  const shape = registeredHandler(job.repo, old);
  const call = shape && !shape.maker ? migrationCall(shape) : undefined;
  const keeper = ofApp(namesAt({ facts: site.facts, func, dir }).keeper);
  const manager = ofApp(call?.manager);
  const configurator = ofApp(call?.configurator);
  return {
    ...(keeper && { keeper }),
    ...(manager && { manager }),
    ...(configurator && { configurator: { text: configurator, local: false } }),
  };
}
