import type { Analysis } from '../chain/analysis.ts';
import type { Unknown } from '../chain/chain.ts';
import { locationOf } from '../go/source/location.ts';

/**
 * The files of apps, upgrades and modules that do not parse: what stands in them is read as far as
 * it can be, and any rule may be silent about the rest.
 */
export function brokenFiles({ repo, chain }: Analysis): Unknown[] {
  const dirs = new Set([
    ...chain.apps.flatMap(app =>
      [...repo.layout.closure(app.dir)].filter(
        dir => app.dir === '' || dir === app.dir || dir.startsWith(`${app.dir}/`),
      ),
    ),
    ...chain.apps.flatMap(app => app.upgrades.map(upgrade => upgrade.package)),
    ...chain.modules.map(module => module.dir),
  ]);
  const files = [...dirs].flatMap(dir => repo.packages.get(dir)?.files ?? []);
  return files.flatMap(file => {
    const facts = repo.facts(file);
    const at = facts?.syntaxError;
    if (!facts || at === undefined) return [];
    const why = 'syntax error: what this file says is read only as far as it can be';
    return [{ location: locationOf(facts, { start: at, end: at }), why }];
  });
}
