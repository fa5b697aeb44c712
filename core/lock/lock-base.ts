import type { Baseline } from '../chain/baseline.ts';
import type { App, Chain, Store, StoreName, Upgrade } from '../chain/chain.ts';
import { join } from '../files.ts';
import type { Repo } from '../go/repo/repo.ts';
import type { Location } from '../go/source/location.ts';
import { generations } from '../sdk/generations.ts';
import type { Lock } from './lock.ts';
import { isLockFile, lockFolder, readLock } from './lock.ts';

/**
 * The baselines that the locks of a repository are, and what is wrong with those that cannot be
 * read.
 */
export interface LockBases {
  readonly bases: readonly Baseline[];
  readonly errors: readonly string[];
}

/** The locks of a repository, and what is wrong with those that cannot be read. */
export interface Locks {
  readonly locks: readonly { readonly file: string; readonly lock: Lock }[];
  readonly errors: readonly string[];
}

/** Reads the locks of a repository, each as a baseline. */
export function lockBases(repo: Repo): LockBases {
  const { locks, errors } = readLocks(repo);
  return { bases: locks.map(({ file, lock }) => baselineOf(lock, file)), errors };
}

/** Reads the locks of a repository. */
export function readLocks(repo: Repo): Locks {
  const read = [...repo.texts]
    .filter(([file]) => isLockFile(file))
    .map(([file, text]) => ({ file, lock: readLock(file, text) }));
  return {
    locks: read.flatMap(({ file, lock }) => ('error' in lock ? [] : [{ file, lock }])),
    errors: read.flatMap(({ lock }) => ('error' in lock ? [lock.error] : [])),
  };
}

/** The folders of apps that no lock speaks of: the last release is their baseline. */
export function leftOut(bases: readonly Baseline[], chain: Chain): string[] {
  if (chain.apps.length === 1 && bases.length > 0) return [];
  return chain.apps
    .map(app => app.dir)
    .filter(dir => !bases.some(base => base.apps?.includes(dir)));
}

/** The locks, and the last release for the apps that none of them speaks of. */
export function withRelease(
  locks: readonly Baseline[],
  release: Baseline | undefined,
  chain: Chain,
): readonly Baseline[] {
  const left = leftOut(locks, chain);
  if (!release || left.length === 0) return locks;
  return [...locks, locks.length === 0 ? release : { ...release, apps: left }];
}

/** A lock as a baseline; `file` is where its upgrades are said to be. */
export function baselineOf(lock: Lock, file: string): Baseline {
  const location: Location = { file, start: 0, end: 0, line: 1, column: 1 };
  const dir = join(lock.app);
  const store = (id: string | null): Store => ({ ...named(id), kind: 'kv', location });
  const app: App = {
    dir,
    type: '',
    registration: [],
    storeStyle: [],
    storesUnread: [],
    loadersUnread: [],
    orders: [],
    keepers: [],
    mounted: [],
    sdk: {
      version: lock.sdk.version,
      generation: generations.find(g => g === lock.sdk.generation) ?? null,
      gomod: '',
    },
    stores: [
      ...lock.stores.map(store),
      ...lock.uncertainStores.map(id => ({ ...store(id), assumed: true as const })),
    ],
    upgrades: lock.upgrades.map(
      ({ name }): Upgrade => ({
        name,
        package: lockFolder,
        registered: true,
        location,
        buildTags: [],
      }),
    ),
  };
  const modules = Object.entries(lock.modules).map(([name, consensusVersion]) => ({
    name,
    dir: '',
    consensusVersion,
    migrations: [],
  }));
  return {
    ref: lock.chainId,
    apps: [dir],
    chain: { apps: [app], modules, unknown: [] },
    merged: true,
  };
}

function named(id: string | null): StoreName {
  return id?.includes('/') ? { name: null, const: id } : { name: id };
}
