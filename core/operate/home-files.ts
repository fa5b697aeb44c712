import { Refusal } from '../refusal.ts';
import { isJsonObject } from '../rehearse/checks/check.ts';
import { jsonCount, jsonObject } from './json-file.ts';
import type { PendingPlan } from './state.ts';

/** Where things lie in a node's home. */
export const homeFiles = {
  upgradeInfo: 'data/upgrade-info.json',
  appVersion: 'data/app-version.json',
  cosmovisor: 'cosmovisor',
  current: 'cosmovisor/current',
  upgrades: 'cosmovisor/upgrades',
  nodeKey: 'config/node_key.json',
  clientConfig: 'config/client.toml',
} as const;

/** One line of the record that a chain with the version guard keeps in `data/`. */
export interface AppVersionEntry {
  readonly version: number;
  /** The first committed height that it is true for. */
  readonly fromHeight: number;
  /** The plan that led to it; empty for the first. */
  readonly upgrade: string;
  /** What the release is called. */
  readonly software: string;
}

/**
 * Reads `upgrade-info.json`, which a node writes where a plan stops it: Go's JSON of the plan, or
 * since cosmovisor 1.6 protobuf's. Throws one line where it is something else.
 */
export function readUpgradeInfo(text: string, file: string = homeFiles.upgradeInfo): PendingPlan {
  const { name, height, info = '' } = jsonObject(text, file);
  const count = jsonCount(height);
  if (typeof name !== 'string' || name === '' || count === undefined || typeof info !== 'string')
    throw new Refusal(`${file} names no plan with its height`);
  return { name, height: count, info };
}

/** Reads `app-version.json`, oldest entry first. Throws one line where it is something else. */
export function readAppVersion(
  text: string,
  file: string = homeFiles.appVersion,
): readonly AppVersionEntry[] {
  const { format, history } = jsonObject(text, file);
  if (format !== 1)
    throw new Refusal(`${file} has another format than 1: use a newer chain-upgrade`);
  if (!Array.isArray(history)) throw new Refusal(`${file} has no history`);
  return history
    .map(entry => appVersionEntry(entry, file))
    .sort((a, b) => a.fromHeight - b.fromHeight);
}

function appVersionEntry(entry: unknown, file: string): AppVersionEntry {
  const given = isJsonObject(entry) ? entry : {};
  const version = jsonCount(given['version']);
  const fromHeight = jsonCount(given['from_height']);
  if (version === undefined || fromHeight === undefined)
    throw new Refusal(`an entry of ${file} has no version or no height`);
  const text = (name: string) => (typeof given[name] === 'string' ? given[name] : '');
  return { version, fromHeight, upgrade: text('upgrade'), software: text('software') };
}
