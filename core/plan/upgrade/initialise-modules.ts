import { setGenesis } from '../genesis/genesis.ts';
import type { PlanInput } from '../plan-input.ts';
import type { Step } from '../task.ts';
import { newHandler } from './new-handler.ts';
import type { UpgradeRequest } from './request.ts';

/** Has the new handler start modules as it is asked. */
export function initialiseModules({ analysis, app }: PlanInput, request: UpgradeRequest): Step {
  return {
    name: 'initialise modules',
    apply(draft) {
      if (request.genesis.length === 0) return [];
      const shape = newHandler(draft.now, app, request.name);
      // A handler that was there before runs for other upgrades too.
      const isWritten = shape && draft.changes(shape.facts.path);
      const { texts, notes } = setGenesis(
        draft.repo,
        analysis.chain,
        app.sdk.generation,
        isWritten ? shape : undefined,
        request.genesis,
      );
      for (const [file, text] of texts) draft.texts.set(file, text);
      draft.notes.push(...notes);
      return [];
    },
  };
}
