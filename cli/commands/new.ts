import { newUpgrade } from '../../core/tasks/tasks.ts';
import { writingCommand } from '../write.ts';

/** `chain-upgrade new NAME`: writes a new upgrade and wires it into the app. */
export const newCommand = writingCommand(
  'new',
  'write a new upgrade and wire it into the app',
  newUpgrade,
);
