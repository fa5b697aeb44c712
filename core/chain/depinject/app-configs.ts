import { memoize } from '../../go/repo/memoize.ts';
import type { Repo } from '../../go/repo/repo.ts';
import type { AppConfig } from './app-config.ts';
import { composedConfigs } from './app-config-go.ts';
import { embeddedConfigs } from './app-config-yaml.ts';

/**
 * The depinject configurations of an app: none where it is wired by hand, several where build tags
 * choose.
 */
export function readAppConfigs(repo: Repo, folders: readonly string[]): readonly AppConfig[] {
  // Stores, orders and blockers are all read from them; the app's own folder comes first and tells
  // which they are.
  return memoize(repo, `configurations of ${folders[0]!}`, () => [
    ...embeddedConfigs(repo, folders),
    ...composedConfigs(repo, folders),
  ]);
}
