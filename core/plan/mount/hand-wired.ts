import { managerCalls } from '../../chain/modules/manager.ts';
import { Refusal } from '../../refusal.ts';
import type { DeclaredMount } from '../task.ts';
import type { Filled, Filling } from './arguments.ts';
import { fill } from './arguments.ts';
import type { MountJob } from './job.ts';
import { fieldName } from './keeper-argument.ts';
import type { Constructor } from './module.ts';
import { needOf } from './needs.ts';
import {
  addKeeper,
  addKeeperField,
  isHeldByPointer,
  keeperPlace,
  reachedAs,
} from './place/keeper.ts';
import { addStoreKey } from './place/key.ts';
import type { ModuleList } from './place/manager.ts';
import { addToBasics, addToList, moduleCode, moduleLists } from './place/manager.ts';
import { longestList } from './place/neighbour.ts';
import { addToOrders, ordersFor } from './place/orders.ts';
import { addPermissions } from './place/permissions.ts';
import { addSubspace } from './place/subspace.ts';
import type { Scope } from './scope.ts';
import { mountSnippet } from './snippet.ts';

/** Mounts a module on an app whose manager is given its modules by hand. */
export function mountByHand(job: MountJob): DeclaredMount {
  const { app, module } = job;
  const [managers, ...others] = moduleLists(job, 'manager');
  if (!managers || others.length > 0)
    throw new Refusal(
      managers
        ? 'this app makes several module managers; mount the module by hand'
        : 'this app makes no module manager that can be added to',
      { file: app.dir, snippet: mountSnippet(job) },
    );
  const kinds = ordersFor(job);
  addStoreKey(job);
  if (module.keeper) makeKeeper(job, module.keeper);
  addModule(job, managers);
  if (module.simulates) addToSimulations(job);
  addToBasics(job);
  addToOrders(job, kinds);
  addPermissions(job);
  if (needsSubspace(job)) addSubspace(job);
  noteLeft(job);
  return declaredMount(job, kinds);
}

/** What else the module asks of the app. */
export function noteLeft({ repo, app, module, notes }: MountJob): void {
  const { goModule } = module;
  if (goModule && !repo.modOf(app.dir)?.require.has(goModule.path))
    notes.push(
      `go.mod does not require ${goModule.path}: go get ${goModule.path}@${goModule.version}`,
    );
  if (module.note !== undefined) notes.push(`Left to do: ${module.note}.`);
}

/** What a mounted module changes of the chain. */
export function declaredMount(
  { app, module, orders }: MountJob,
  kinds: readonly string[],
): DeclaredMount {
  return {
    kind: 'mount',
    dir: app.dir,
    name: module.name.value,
    stores: module.store ? [module.store.value] : [],
    keepers: module.keeper ? [fieldName(module.keeper)] : [],
    orders: kinds.map(kind => ({ kind, place: orders.get(kind) })),
    removes: false,
  };
}

export function makeKeeper(job: MountJob, maker: Constructor): void {
  if (maker.results > 1)
    throw new Refusal(
      `${maker.name} of ${maker.path} returns ${maker.results} values; ` +
        'mount this module by hand',
      { snippet: mountSnippet(job) },
    );
  const place = keeperPlace(job, maker);
  const filled = filledOrRefused(job, place.scope, maker, undefined);
  addKeeperField(job, place.model, maker);
  addKeeper(job, place, maker, filled);
}

export function addModule(job: MountJob, list: ModuleList): void {
  const { module } = job;
  const { keeper } = module;
  const reached = keeper && reachedAs(list.scope, keeper);
  const own =
    keeper && reached !== undefined
      ? { maker: keeper, text: reached, pointer: isHeldByPointer(job, keeper) }
      : undefined;
  const filled = filledOrRefused(job, list.scope, module.module, own);
  addToList(job, list, moduleCode(job, list.list.facts, filled));
}

/** Simulations are for tests: where they cannot be added to, that is said. */
function addToSimulations(job: MountJob): void {
  const { module, app, notes } = job;
  const isRead = managerCalls(job.repo, app.dir)
    .filter(({ kind }) => kind === 'simulation')
    .every(({ items }) => longestList(items.map(({ expr }) => expr)) !== undefined);
  if (isRead) for (const list of moduleLists(job, 'simulation')) addModule(job, list);
  else
    notes.push(
      `NewSimulationManager is given no list that can be added to: give it ${module.name.value} ` +
        'by hand, if simulations are to run it.',
    );
}

export function filledOrRefused(
  job: MountJob,
  scope: Scope,
  maker: Constructor,
  own: Filling['own'],
  storeKey?: string,
): Extract<Filled, { texts: unknown }> {
  const { repo, app, module, asked } = job;
  const isAsked = maker === (module.keeper ?? module.module);
  const given = isAsked ? asked : new Map([...asked].filter(([key]) => !/^\d+$/.test(key)));
  const filled = fill(
    {
      repo,
      app,
      module,
      scope,
      asked: given,
      own,
      ...(storeKey !== undefined && { key: storeKey }),
    },
    maker,
  );
  if ('texts' in filled) return filled;
  const { missing, number } = filled;
  const key = isAsked ? String(number) : missing.name;
  throw new Refusal(
    `nothing here tells what ${maker.name} of ${maker.path} is given for parameter ` +
      `${number} (${missing.name} ${missing.type.text}); give --keeper-arg ${key}=EXPR`,
    { snippet: mountSnippet(job) },
  );
}

/** Whether one of the module's constructors takes a part of x/params. */
function needsSubspace({ module, asked }: MountJob): boolean {
  const all = [...(module.keeper?.parameters ?? []), ...module.module.parameters];
  return all.some(
    parameter => needOf(parameter)?.kind === 'subspace' && !asked.has(parameter.name),
  );
}
