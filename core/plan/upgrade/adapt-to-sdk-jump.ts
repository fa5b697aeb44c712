import type { PlanInput } from '../plan-input.ts';
import { moveConsensusParams } from '../sdk-jump/consensus-params.ts';
import { setFirstVersions } from '../sdk-jump/first-versions.ts';
import { consensusParamsToMove, isFirstInPlace, jumpNotes, jumpSince } from '../sdk-jump/jump.ts';
import type { Step } from '../task.ts';
import { newHandler } from './new-handler.ts';

/** Adds to the new handler what the jump from the SDK of the last release asks for. */
export function adaptToSdkJump({ analysis, app, base }: PlanInput, name: string): Step {
  return {
    name: 'adapt the handler to the SDK',
    apply(draft) {
      const { repo } = analysis;
      const jump = jumpSince(base?.chain, app);
      if (!jump) return [];
      if (consensusParamsToMove(repo, app, jump)) {
        const handler = newHandler(draft.now, app, name);
        draft.note(moveConsensusParams(draft.repo, app, draft.edits, handler, jump.from));
      }
      draft.notes.push(...jumpNotes(repo, app, jump));
      if (isFirstInPlace(jump)) {
        const handler = newHandler(draft.now, app, name);
        const { texts, notes } = setFirstVersions(draft.repo, app, jump, handler);
        for (const [file, text] of texts) draft.texts.set(file, text);
        draft.notes.push(...notes);
      }
      return [];
    },
  };
}
