import { readErasOf } from '../../chain/eras/eras.ts';
import { Refusal } from '../../refusal.ts';
import { namesIn } from '../package/free-names.ts';
import type { PlanInput } from '../plan-input.ts';
import type { Step } from '../task.ts';
import type { EraFacts } from './facts.ts';
import { eraIdentifier, refuseTakenNames } from './facts.ts';
import { switchFiles } from './switch-files.ts';

/** The step that writes switches for the eras of a chain that has the framework. */
export function newSwitches(
  { app }: PlanInput,
  generation: EraFacts['generation'],
  switches: readonly string[],
): Step {
  return {
    name: 'write the switches',
    apply(draft) {
      const { repo } = draft;
      const eras = readErasOf(repo, app);
      if (!eras) throw new Error('the eras that are there are not read');
      const { dir } = eras;
      const taken = namesIn(repo, dir);
      const supported = eras.supported.map(({ name }) => ({ name: name! }));
      refuseTakenNames({ supported, switches });
      const files = switches.flatMap(name => {
        const ident = eraIdentifier(name);
        if (taken.has(ident)) throw new Refusal(`${ident} is declared in ${dir} already`);
        return switchFiles(repo, { generation, dir, supported }, name);
      });
      draft.creates.push(...files);
      for (const name of switches) draft.note(noteOnSwitch(name));
      return [];
    },
  };
}

/** What is left to do for a switch that was written. */
export function noteOnSwitch(name: string): string {
  return (
    `the switch ${name} is a skeleton that fails in every era: write its behaviours and their tests, ` +
    'then call it where the chain behaves so'
  );
}
