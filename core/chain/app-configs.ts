import type { Repo } from '../go/repo.ts';
import { composedConfigs } from './app-config-go.ts';
import { embeddedConfigs } from './app-config-yaml.ts';
import type { AppConfig } from './app-config.ts';

/** The depinject configurations of an app: none where it is wired by hand, several where build tags choose. */
export function readAppConfigs(repo: Repo, folders: readonly string[]): readonly AppConfig[] {
  let known = configs.get(repo);
  if (!known) configs.set(repo, known = new WeakMap());
  let found = known.get(folders);
  if (!found) known.set(folders, found = [...embeddedConfigs(repo, folders), ...composedConfigs(repo, folders)]);
  return found;
}

/** Stores, orders and blockers are all read from them. */
const configs = new WeakMap<Repo, WeakMap<readonly string[], readonly AppConfig[]>>();
