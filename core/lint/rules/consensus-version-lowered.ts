import type { Module } from '../../chain/chain.ts';
import { sameModule } from '../../chain/compare.ts';
import { versionsWritten, whenMigrationsRun } from '../migration-runs.ts';
import { noMigrationFound } from '../node-words.ts';
import type { AppContext, Rule, Severity } from '../rule.ts';
import { handlersAreRead } from '../unread.ts';

/** A module's ConsensusVersion is lower than the one that the network stored. */
export const consensusVersionLowered: Rule = {
  name: 'consensus-version-lowered',
  severity: 'error',
  summary: 'a ConsensusVersion is lower than in the last release',
  repair: "raise the ConsensusVersion above the network's, and register a migration from there",
  nodeSays: [{ words: noMigrationFound, rank: 2 }],
  *check({ chain, base, apps }) {
    if (!base) return;
    const severity = severityFor(base.merged, apps);
    for (const module of chain.modules) {
      const { name, consensusVersion: to, versionPlace } = module;
      const before = sameModule(base.chain.modules, module);
      const from = before?.consensusVersion;
      if (from == null || to === null || to >= from || !versionPlace) continue;
      if (module.managed === false || versionsWritten(apps).has(name)) continue;
      // Of two modules of one name, one may only be built for tests.
      if (sameModule(chain.modules, before!) !== module) continue;
      yield {
        location: versionPlace,
        severity,
        message: `x/${name} is at version ${from} in ${base.ref} and at ${to} now`,
        consequence: consequenceOf(module, to, whenMigrationsRun(apps)),
      };
    }
  },
};

/**
 * A release that this commit is not built on may be ahead of it, and where generations of the SDK
 * lie between, a module may have been replaced by another of its name.
 */
function severityFor(isMerged: boolean, apps: readonly AppContext[]): Severity {
  if (apps.some(({ base }) => base?.far)) return 'info';
  // A handler that is not read may write versions itself.
  return isMerged && apps.every(handlersAreRead) ? 'error' : 'warning';
}

/** The SDK asks for migrations of a module from version 2 on, whatever the stored version is. */
function consequenceOf({ name, migrations }: Module, to: number, when: string): string {
  if (to > 1 && migrations.length === 0)
    return `${when} the node stops: no migrations found for module ${name}`;
  return (
    `${when} no migration runs and version ${to} is stored, ` +
    'and the next migration runs on a state that had it already'
  );
}
