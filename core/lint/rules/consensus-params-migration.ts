import { movesConsensusParams } from '../../chain/sdk/consensus-params.ts';
import { generationIsBefore } from '../../sdk/generations.ts';
import type { Rule } from '../rule.ts';

/**
 * From 0.46 to 0.47 the consensus parameters move from x/params to x/consensus, and somebody has to
 * move them (incidents.md R18).
 */
export const consensusParamsMigration: Rule = {
  name: 'consensus-params-migration',
  severity: 'error',
  summary: 'consensus parameters are not moved at the jump to SDK 0.47',
  *check({ apps }) {
    for (const { repo, app, base, pending } of apps) {
      const [from, to] = [base?.app.sdk.generation, app.sdk.generation];
      const upgrade = pending.find(u => u.registered);
      if (
        !from ||
        !to ||
        !upgrade ||
        !generationIsBefore(from, '0.47') ||
        generationIsBefore(to, '0.47') ||
        generationIsBefore(from, '0.44')
      )
        continue;
      if (!movesConsensusParams(repo, app.dir))
        yield {
          location: upgrade.location,
          message: `${base!.ref} is on SDK ${from}, and nothing calls baseapp.MigrateParams; after the upgrade the consensus parameters are empty, and the node panics on the next block`,
        };
    }
  },
};
