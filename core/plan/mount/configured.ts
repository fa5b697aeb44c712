import { appFolders } from '../../chain/app/app-code.ts';
import { keeperFields } from '../../chain/app/keepers.ts';
import { composedModules } from '../../chain/depinject/app-config-go.ts';
import { embeddedYaml } from '../../chain/depinject/app-config-yaml.ts';
import { Refusal } from '../../refusal.ts';
import type { DeclaredMount } from '../task.ts';
import { addModule, declaredMount, filledOrRefused, makeKeeper, noteLeft } from './hand-wired.ts';
import type { MountJob } from './job.ts';
import { importAll } from './job.ts';
import { fieldName } from './keeper-argument.ts';
import type { BuildPlace } from './place/beside-runtime.ts';
import {
  addToRegisteredStores,
  buildPlace,
  keyVariable,
  needsInitChainer,
  registerBehindBuild,
  registeredList,
} from './place/beside-runtime.ts';
import { addToComposed } from './place/config-go.ts';
import { importForEffects, injectKeeper } from './place/inject.ts';
import { addKeeperField, isHeldByPointer, keeperCall } from './place/keeper.ts';
import { moduleCode } from './place/manager.ts';
import { addToOrders, ordersFor } from './place/orders.ts';
import { addToYaml } from './place/yaml.ts';
import { mountSnippet } from './snippet.ts';

/**
 * Mounts a module on an app that depinject builds: by an entry in its configuration where the module
 * has one of its own, else beside the runtime. The orders of the configuration are those that count
 * (`runtime.Load` sets them anew); calls of `SetOrder…` are kept alike.
 */
export function mountByConfig(job: MountJob): DeclaredMount {
  const { module, notes } = job;
  const kinds = ordersFor(job);
  const isBehindBuild = !module.config && !registeredList(job);
  if (module.config) {
    importForEffects(job);
    if (module.keeper) injectKeeper(job, module.keeper);
  } else {
    registerByHand(job);
    notes.push(
      `${module.name.value} has no configuration for depinject: where commands are built without the ` +
        'app, register its interfaces and commands there too.',
    );
  }
  addToConfigs(job, kinds);
  addToOrders(job, kinds);
  noteLeft(job);
  return { ...declaredMount(job, kinds), initChainer: isBehindBuild && needsInitChainer(job) };
}

function addToConfigs(job: MountJob, kinds: readonly string[]): void {
  const { repo, app } = job;
  const folders = appFolders(repo, app.dir);
  const files = folders
    .flatMap(dir => embeddedYaml(repo, dir))
    .filter(file => repo.texts.has(file));
  for (const file of new Set(files)) addToYaml(job, file, kinds);
  if (composedModules(repo, folders).length > 0) addToComposed(job, kinds);
}

/** Registers store, keeper and module where the app does so for others, else behind `Build`. */
function registerByHand(job: MountJob): void {
  const { module } = job;
  const list = registeredList(job);
  if (list) {
    addToRegisteredStores(job);
    if (module.keeper) makeKeeper(job, module.keeper);
    addModule(job, list);
    return;
  }
  const place = buildPlace(job);
  const keeper = keeperBehindBuild(job, place);
  const own =
    module.keeper && keeper !== undefined
      ? {
          maker: module.keeper,
          text: `${place.owner}.${fieldName(module.keeper)}`,
          pointer: isHeldByPointer(job, module.keeper),
        }
      : undefined;
  const filled = filledOrRefused(job, place.scope, module.module, own, keyVariable(job));
  const made = moduleCode(job, place.facts, filled);
  importAll(job, place.facts, made.imports);
  registerBehindBuild(job, place, { keeper, module: made.text });
}

function keeperBehindBuild(job: MountJob, place: BuildPlace): string | undefined {
  const { repo, app, module } = job;
  if (!module.keeper) return undefined;
  const [field] = keeperFields(repo, app.dir, app.type).slice(-1);
  if (!field)
    throw new Refusal('this app has no field with a keeper beside which the new one could go', {
      file: app.dir,
      snippet: mountSnippet(job),
    });
  const filled = filledOrRefused(job, place.scope, module.keeper, undefined, keyVariable(job));
  addKeeperField(job, { field }, module.keeper);
  const code = keeperCall(job, place.facts, place.owner, module.keeper, filled);
  importAll(job, place.facts, code.imports);
  return code.text;
}
