import type { Baseline } from '../../chain/baseline.ts';
import type { Migration, Module } from '../../chain/chain.ts';
import { sameModule } from '../../chain/compare.ts';
import type { Finding, Rule } from '../rule.ts';

/**
 * A migration that nothing ever asks for: from the module's current version or a later one, or a
 * new one from a version that the network has left behind
 * (docs/background/incidents.md#migration-gap,
 * docs/background/chains.md#migrations-that-never-run).
 */
export const migrationNeverRuns: Rule = {
  name: 'migration-never-runs',
  severity: 'warning',
  summary:
    'a migration starts at or after the ConsensusVersion, or before that of the last release',
  *check({ chain, base, apps }) {
    // Without a new upgrade it may be the step that the release forgot, for networks before it.
    const hasPending = apps.some(({ pending }) => pending.some(({ registered }) => registered));
    for (const module of chain.modules) {
      yield* aheadOfVersion(module);
      if (base && hasPending) yield* behindNetwork(module, base);
    }
  },
};

function* aheadOfVersion(module: Module): Iterable<Finding> {
  const { name, consensusVersion, migrations, versionPlace } = module;
  if (consensusVersion === null) return;
  const current = `ConsensusVersion ${consensusVersion}`;
  for (const { from, location } of migrations) {
    if (from < consensusVersion || from < 1) continue;
    yield {
      location,
      message:
        `this migration of x/${name} goes from version ${from} to ${from + 1}, ` +
        `but its ConsensusVersion is ${consensusVersion}`,
      consequence: 'it never runs',
      related: versionPlace ? [{ location: versionPlace, message: current }] : [],
    };
  }
}

function* behindNetwork(module: Module, { ref, chain }: Baseline): Iterable<Finding> {
  const { name, consensusVersion, migrations } = module;
  const before = sameModule(chain.modules, module);
  const stored = before?.consensusVersion;
  // A lowered version is reported by itself.
  if (stored == null || consensusVersion === null || consensusVersion < stored) return;
  // The release's migrations have to be known, each of them.
  if (chain.unknown.some(({ location }) => location.file.startsWith(`${before!.dir}/`))) return;
  for (const { from, location } of migrations) {
    if (from < 1 || from >= stored || isInRelease(before!, from)) continue;
    yield {
      location,
      message:
        `this migration of x/${name} from version ${from} is new, ` +
        `but ${ref} is at version ${stored} already`,
      consequence: 'on a network that runs it this migration never runs',
    };
  }
}

/**
 * Whether the release has the migration, or has the steps that lead to it: then it forgot this one,
 * and no network came through it.
 */
function isInRelease({ migrations }: Module, from: number): boolean {
  return migrations.some((migration: Migration) => migration.from <= from);
}
