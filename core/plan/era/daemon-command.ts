import { readDaemon } from '../../chain/daemon/daemon.ts';
import { dirname } from '../../files.ts';
import { Refusal } from '../../refusal.ts';
import { addCommandsBehind, onlyServerCommands } from '../daemon/root-command.ts';
import type { Draft } from '../draft.ts';
import type { PlanInput } from '../plan-input.ts';
import type { Step } from '../task.ts';
import { eraCommandFile, eraCommandMaker } from './command-file.ts';
import type { EraFacts } from './facts.ts';

/**
 * Gives the daemon its commands `era …`. Blocks need none of them: a daemon that cannot be added to is
 * no reason to refuse, and a note says what it lacks.
 */
export function addEraCommand({ app }: PlanInput, facts: EraFacts): Step {
  return {
    name: 'give the daemon its commands',
    apply(draft) {
      try {
        addTo(draft, app, facts);
      } catch (error) {
        if (!(error instanceof Refusal)) throw error;
        draft.note(`the daemon gets no era commands: ${error.message}`);
      }
      return [];
    },
  };
}

function addTo(draft: Draft, app: PlanInput['app'], facts: EraFacts): void {
  const { repo, edits } = draft;
  const daemon = readDaemon(repo, app);
  if (!daemon) throw new Refusal('no main package, or more than one, starts the app');
  const commands = onlyServerCommands(daemon);
  const { facts: file } = commands.call;
  const place = { dir: dirname(file.path), package: file.package };
  const created = eraCommandFile(repo, place, facts);
  addCommandsBehind(edits, commands, [`${eraCommandMaker}()`]);
  draft.creates.push(created);
}
