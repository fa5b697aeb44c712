import { newGuard } from '../../core/tasks/tasks.ts';
import { writingCommand } from '../write.ts';

/**
 * `chain-upgrade guard`: has the daemon compare its app version with that of the state when it
 * starts.
 */
export const guardCommand = writingCommand(
  {
    name: 'guard',
    summary: 'have the daemon refuse to start on a state of another app version',
    examples: ['guard', 'guard --software v1.4.x --yes'],
  },
  newGuard,
);
