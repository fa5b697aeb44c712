import { movesConsensusParams } from '../../chain/sdk/consensus-params.ts';
import type { Generation } from '../../sdk/generations.ts';
import { generationIsBefore } from '../../sdk/generations.ts';
import type { AppContext, Rule } from '../rule.ts';
import {
  handlersAreRead,
  handlersNotRead,
  registrationsNotRead,
  sdkNotCompared,
} from '../unread.ts';

/**
 * From 0.46 to 0.47 the consensus parameters move from x/params to x/consensus, and the upgrade's
 * handler has to move them (docs/background/incidents.md#consensus-params-migration).
 */
export const consensusParamsMigration: Rule = {
  name: 'consensus-params-migration',
  severity: 'error',
  summary: 'consensus parameters are not migrated in the upgrade to SDK 0.47',
  leftToDo: true,
  nodeSays: [
    {
      words: {
        pattern:
          /consensus params?(?:eters)?.*(?:nil|empty|not found)|collections: not found.*consensus/i,
      },
      repair: 'move the consensus parameters from x/params to x/consensus in the handler',
    },
  ],
  notJudged: subject =>
    keepsParamsOf(subject) === undefined
      ? sdkNotCompared(subject)
      : [...registrationsNotRead(subject), ...handlersNotRead(subject)],
  *check({ apps }) {
    for (const subject of apps) {
      const from = keepsParamsOf(subject);
      const upgrade = subject.pending.find(({ registered }) => registered);
      if (from === undefined || !upgrade || !handlersAreRead(subject)) continue;
      yield {
        location: upgrade.location,
        message: `${subject.base!.ref} is on SDK ${from}, and nothing calls baseapp.MigrateParams`,
        consequence:
          'after the upgrade the consensus parameters are empty, ' +
          'and the node panics on the next block',
      };
    }
  },
};

/** The generation whose consensus parameters no code of the app moves; undefined where none is. */
function keepsParamsOf({ repo, app, base }: AppContext): Generation | undefined {
  const from = base?.app.sdk.generation;
  const to = app.sdk.generation;
  const isCrossed = from && to && crosses047(from, to);
  return isCrossed && !movesConsensusParams(repo, app.dir) ? from : undefined;
}

/** Whether x/consensus is new; before 0.44 the parameters were kept otherwise. */
function crosses047(from: Generation, to: Generation): boolean {
  return (
    !generationIsBefore(from, '0.44') &&
    generationIsBefore(from, '0.47') &&
    !generationIsBefore(to, '0.47')
  );
}
