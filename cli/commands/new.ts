import { newUpgrade } from '../../core/tasks/tasks.ts';
import { writingCommand } from '../write.ts';

/** `chain-upgrade new NAME`: writes a new upgrade and wires it into the app. */
export const newCommand = writingCommand(
  {
    name: 'new',
    summary: 'write a new upgrade and wire it into the app',
    examples: ['new v2', 'new v2 --added mystore --yes --test', 'new v2 --yes --dry-run'],
  },
  newUpgrade,
);
