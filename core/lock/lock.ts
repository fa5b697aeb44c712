import { basename } from '../files.ts';

/** What one network runs, as it is committed in `upgrades.lock/<chain-id>.json`. */
export interface Lock {
  readonly chainId: string;
  /** The day it was written, `YYYY-MM-DD` in UTC. */
  readonly date: string;
  /** The code it was read from, and the node that was asked. */
  readonly source: string;
  /** The app's folder, `.` for the root. */
  readonly app: string;
  readonly sdk: { readonly version: string | null; readonly generation: string | null };
  /**
   * The persistent stores that are mounted: names, or `importpath.Const` where the name is not
   * known; null where it is computed.
   */
  readonly stores: readonly (string | null)[];
  /** Stores of which the code does not say for sure whether they are mounted. */
  readonly uncertainStores: readonly (string | null)[];
  /** The consensus version of each module whose version is known. */
  readonly modules: Readonly<Record<string, number>>;
  /** The plans that were applied. */
  readonly upgrades: readonly AppliedPlan[];
}

/** A plan that a network applied; its height is null where only the code was asked. */
export interface AppliedPlan {
  readonly name: string;
  readonly height: number | null;
}

/** A plan that a network will apply. */
export interface ScheduledPlan {
  readonly name: string;
  readonly height: number;
}

/** The folder of the locks, at the root. */
export const lockFolder = 'upgrades.lock';

/** The lock of a network. */
export function lockFile(chainId: string): string {
  return `${lockFolder}/${chainId}.json`;
}

/** Whether a path is that of a lock. */
export function isLockFile(path: string): boolean {
  return (
    path.startsWith(`${lockFolder}/`) &&
    path.endsWith('.json') &&
    !path.slice(lockFolder.length + 1).includes('/')
  );
}

/**
 * What is wrong with a chain id, or undefined. CometBFT allows 50 bytes; it becomes a file's name.
 */
export function chainIdFault(id: string): string | undefined {
  return /^[A-Za-z0-9][A-Za-z0-9_.-]{0,49}$/.test(id)
    ? undefined
    : `${JSON.stringify(id)} is no chain id: letters, digits, "-", "_" and ".", at most 50`;
}

/** A lock as it is written: sorted, one entry a line, so that a change is a readable diff. */
export function lockText(lock: Lock): string {
  const sorted = (names: readonly (string | null)[]) =>
    [...names].sort((a, b) => ((a ?? '') < (b ?? '') ? -1 : 1));
  const modules = Object.fromEntries(
    Object.entries(lock.modules).sort(([a], [b]) => (a < b ? -1 : 1)),
  );
  return `${JSON.stringify(
    {
      ...lock,
      stores: sorted(lock.stores),
      uncertainStores: sorted(lock.uncertainStores),
      modules,
    },
    null,
    2,
  )}\n`;
}

/** Reads a lock. An error is one line that says what to do. */
export function readLock(path: string, text: string): Lock | { readonly error: string } {
  const wrong = (why: string) => ({
    error: `${path}: ${why}; write it anew with chain-upgrade lock`,
  });
  let json: unknown;
  try {
    json = JSON.parse(text.replace(/^\uFEFF/, ''));
  } catch (error) {
    return wrong(`this is no JSON: ${(error as Error).message}`);
  }
  if (!isRecord(json)) return wrong('this is no lock');
  if (json['chainId'] !== basename(path).replace(/\.json$/, ''))
    return wrong('its "chainId" has to be the name of the file');
  for (const name of ['date', 'source', 'app'] as const)
    if (typeof json[name] !== 'string') return wrong(`"${name}" has to be a text`);
  const { sdk, stores, uncertainStores, modules, upgrades } = json;
  if (!isRecord(sdk) || !isName(sdk['version']) || !isName(sdk['generation']))
    return wrong('"sdk" has to hold a version and a generation, or null');
  if (!isNames(stores) || !isNames(uncertainStores))
    return wrong('"stores" and "uncertainStores" have to be lists of store names');
  if (!isRecord(modules) || Object.values(modules).some(version => !isCount(version)))
    return wrong('"modules" has to hold a consensus version for each module');
  const isUpgrade = (u: unknown) =>
    isRecord(u) && typeof u['name'] === 'string' && (u['height'] === null || isCount(u['height']));
  if (!Array.isArray(upgrades) || !upgrades.every(isUpgrade))
    return wrong('"upgrades" has to be a list of names and heights');
  return json as unknown as Lock;
}

function isName(value: unknown): value is string | null {
  return value === null || typeof value === 'string';
}

function isNames(value: unknown): boolean {
  return Array.isArray(value) && value.every(isName);
}

function isCount(value: unknown): boolean {
  return Number.isSafeInteger(value) && (value as number) >= 0;
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
