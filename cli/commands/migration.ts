import { newMigration } from '../../core/tasks/tasks.ts';
import { writingCommand } from '../write.ts';

/**
 * `chain-upgrade migration MODULE`: raises a module's ConsensusVersion and registers a migration
 * for it.
 */
export const migrationCommand = writingCommand(
  'migration',
  "raise a module's ConsensusVersion and register its migration",
  newMigration,
);
