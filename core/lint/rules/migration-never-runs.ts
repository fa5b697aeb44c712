import type { Rule } from '../rule.ts';

/**
 * A migration from the module's current version or a later one: nothing ever asks for it
 * (incidents.md R6, wiring-styles.md 6.3).
 */
export const migrationNeverRuns: Rule = {
  name: 'migration-never-runs',
  severity: 'warning',
  summary: 'a migration starts at or beyond the ConsensusVersion',
  *check({ chain }) {
    for (const module of chain.modules) {
      if (module.consensusVersion === null) continue;
      for (const migration of module.migrations) {
        if (migration.from < module.consensusVersion || migration.from < 1) continue;
        yield {
          location: migration.location,
          message: `this migration of x/${module.name} goes from version ${migration.from} to ${migration.from + 1}, but its ConsensusVersion is ${module.consensusVersion}; it never runs`,
          related: module.versionPlace
            ? [
                {
                  location: module.versionPlace,
                  message: `ConsensusVersion ${module.consensusVersion}`,
                },
              ]
            : [],
        };
      }
    }
  },
};
