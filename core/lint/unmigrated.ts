import type { Module, StoreName, Unknown } from '../chain/chain.ts';
import { mayBeSame, sameModule } from '../chain/compare.ts';
import { foldersOfModule, rootOfModule } from '../chain/modules/module-folders.ts';
import { basename } from '../files.ts';
import { stringValue, textOf } from '../go/eval/value.ts';
import { saysTheSame } from '../go/repo/changed-packages.ts';
import { memoize } from '../go/repo/memoize.ts';
import type { Repo } from '../go/repo/repo.ts';
import { locationOf } from '../go/source/location.ts';
import { handledCode } from './handled-code.ts';
import { holds } from './pending-stores.ts';
import type { AppContext, RuleContext } from './rule.ts';
import { handlersAreRead, handlersNotRead, unjudgedFor } from './unread.ts';

/** A module as it is, and as the last release has it. */
export interface ModulePair {
  readonly now: Module;
  readonly before: Module;
  /** The last release's code. */
  readonly old: Repo;
}

/**
 * The modules whose version is that of the last release, and that no pending handler speaks of: what
 * they keep in their stores stays as that release wrote it. None where a handler is not read or runs
 * what is not known; not those that have no store in the last release, or get it by an upgrade, and
 * not those whose code is that of the last release.
 */
export function unmigratedModules(subject: RuleContext): readonly ModulePair[] {
  return memoize(subject, 'unmigrated modules', () => findUnmigrated(subject));
}

function findUnmigrated({ base, chain, apps, repo }: RuleContext): ModulePair[] {
  const old = base?.repo;
  if (!base || !old || !apps.every(handledCodeIsRead)) return [];
  return chain.modules.flatMap(now => {
    const before = sameModule(base.chain.modules, now);
    const isSame = before?.consensusVersion === now.consensusVersion;
    const stays = isSame && now.consensusVersion !== null;
    if (!before || !stays || hasSameCode(repo, old, now, before) || isWritten(apps, now)) return [];
    return isWithoutState(repo, apps, now) ? [] : [{ now, before, old }];
  });
}

function hasSameCode(repo: Repo, old: Repo, now: Module, before: Module): boolean {
  return now.dir === before.dir && saysTheSame(repo, old, foldersOfModule(now.dir));
}

/** Whether a pending handler, or a function that it calls, mentions the module or lies in it. */
export function isWritten(apps: readonly AppContext[], { dir }: Pick<Module, 'dir'>): boolean {
  const name = ownName(dir);
  const inside = `${rootOfModule(dir)}/`;
  return apps.some(app =>
    handledCode(app).bodies.some(
      ({ path, text }) => path.startsWith(inside) || speaksOf(text, name),
    ),
  );
}

/** Whether a text has a name as a word of a longer one: `CounterKeeper` and `countertypes`, not `encounter`. */
function speaksOf(text: string, name: string): boolean {
  return [...text.matchAll(new RegExp(name, 'gi'))].some(({ index, 0: found }) => {
    const [before = '', after] = [text[index - 1], text.slice(index + name.length)];
    const begins = !/[a-zA-Z]/.test(before) || /^[A-Z]/.test(found);
    return begins && /^([^a-z]|$|s|keeper|module|types)/.test(after);
  });
}

/** Whether the handlers of all pending upgrades are read, with everything that they call. */
export function handledCodeIsRead(subject: AppContext): boolean {
  return handlersAreRead(subject) && handledCode(subject).unread.length === 0;
}

/** What rules about state that no handler changes are silent about. */
export function handledCodeNotRead(subject: AppContext): readonly Unknown[] {
  if (!subject.base?.repo) return [];
  const calls = handledCode(subject).unread.map(call => ({
    location: locationOf(call.facts, call.node),
    why: `what ${calleeText(textOf(call))} runs is not known`,
  }));
  return [...handlersNotRead(subject), ...unjudgedFor('handlers', calls)];
}

function calleeText(call: string): string {
  return call.slice(0, call.indexOf('('));
}

/**
 * Whether a module has nothing stored yet: a pending upgrade adds its store, or no app of the last
 * release mounts it.
 */
export function isWithoutState(repo: Repo, apps: readonly AppContext[], module: Module): boolean {
  const store = storeOf(repo, module);
  const isAdded = apps.some(({ pending }) =>
    pending.some(({ stores }) => holds(stores?.added, store ?? { name: module.name })),
  );
  return isAdded || (store !== undefined && apps.every(({ base }) => isNotMounted(base, store)));
}

function isNotMounted(base: AppContext['base'], store: StoreName): boolean {
  const stores = base?.app.stores ?? [];
  const areRead = stores.length > 0 && base!.app.storesUnread.length === 0;
  return areRead && !stores.some(one => mayBeSame(one, store));
}

/** The store of a module, as its constant `StoreKey` names it. */
function storeOf(repo: Repo, { dir }: Module): StoreName | undefined {
  for (const folder of foldersOfModule(dir)) {
    const found = repo.packages.has(folder) ? repo.value(folder, 'StoreKey') : undefined;
    const { facts, spec } = found ?? {};
    const value = facts && spec?.value && stringValue(repo, { facts, node: spec.value });
    if (value?.kind === 'known')
      return { name: value.value, const: `${repo.importPath(folder) ?? folder}.StoreKey` };
  }
  return undefined;
}

/** A module's folder as Go's names spell it; of `x/mint/module` and `x/mint/v2` it is `mint`. */
function ownName(dir: string): string {
  const parts = dir.split('/').filter(part => !/^(module|v\d+)$/.test(part));
  return (parts.at(-1) ?? basename(dir)).replace(/[^\w]/g, '');
}
