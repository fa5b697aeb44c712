import { newMigration } from '../../core/tasks/tasks.ts';
import { writingCommand } from '../write.ts';

/**
 * `chain-upgrade migration MODULE`: raises a module's ConsensusVersion and registers a migration
 * for it.
 */
export const migrationCommand = writingCommand(
  {
    name: 'migration',
    summary: "raise a module's ConsensusVersion and register its migration",
    examples: ['migration mymodule', 'migration mymodule --prefix 0x01=0x11 --yes'],
  },
  newMigration,
);
