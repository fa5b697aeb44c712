import type { Rule } from '../rule.ts';

/**
 * A migration from the module's current version or a later one: nothing ever asks for it
 * (docs/background/incidents.md#migration-gap,
 * docs/background/chains.md#migrations-that-never-run).
 */
export const migrationNeverRuns: Rule = {
  name: 'migration-never-runs',
  severity: 'warning',
  summary: 'a migration starts at or after the ConsensusVersion',
  *check({ chain }) {
    for (const { name, consensusVersion, migrations, versionPlace } of chain.modules) {
      if (consensusVersion === null) continue;
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
  },
};
