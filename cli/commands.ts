import type { Command } from './command.ts';
import { inspectCommand } from './commands/inspect.ts';
import { lintCommand } from './commands/lint.ts';
import { lockCommand } from './commands/lock.ts';
import { migrationCommand } from './commands/migration.ts';
import { newCommand } from './commands/new.ts';
import { rehearseCommand } from './commands/rehearse.ts';

/** All commands, in the order of `--help`. */
export const commands: readonly Command[] = [
  inspectCommand,
  newCommand,
  migrationCommand,
  lintCommand,
  lockCommand,
  rehearseCommand,
];
