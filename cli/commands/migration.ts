import { newMigration } from '../../host/prepare.ts';
import type { Command } from '../command.ts';
import { questionArgument, questionOptions } from '../questions.ts';
import { write, writeOptions } from '../write.ts';

/** `chain-upgrade migration MODULE`: raises a module's ConsensusVersion and registers a migration for it. */
export const migrationCommand: Command = {
  name: 'migration',
  summary: 'raise a module\'s ConsensusVersion and register its migration',
  argument: questionArgument(newMigration.questions, 'module'),
  options: [...questionOptions(newMigration.questions, 'module'), ...writeOptions],
  run: (input, terminal) => write(newMigration, 'module', input, terminal),
};
