import type { Command } from './command.ts';
import { completionCommand } from './commands/completion.ts';
import { eraCommand } from './commands/era.ts';
import { explainCommand } from './commands/explain.ts';
import { guardCommand } from './commands/guard.ts';
import { inspectCommand } from './commands/inspect.ts';
import { lintCommand } from './commands/lint.ts';
import { lockCommand } from './commands/lock.ts';
import { lspCommand } from './commands/lsp.ts';
import { manifestCommand } from './commands/manifest.ts';
import { mcpCommand } from './commands/mcp.ts';
import { migrationCommand } from './commands/migration.ts';
import { mountCommand } from './commands/mount.ts';
import { newCommand } from './commands/new.ts';
import { operatorsCommand } from './commands/operators.ts';
import { planCommand } from './commands/plan.ts';
import { proposalCommand } from './commands/proposal.ts';
import { readinessCommand } from './commands/readiness.ts';
import { rehearseCommand } from './commands/rehearse.ts';
import { stateCommand } from './commands/state.ts';
import { statusCommand } from './commands/status.ts';
import { undoCommand } from './commands/undo.ts';
import { verifyCommand } from './commands/verify.ts';

/** All commands, in the order of `--help`. */
export const commands: readonly Command[] = [
  inspectCommand,
  newCommand,
  migrationCommand,
  mountCommand,
  guardCommand,
  eraCommand,
  undoCommand,
  lintCommand,
  lockCommand,
  planCommand,
  statusCommand,
  rehearseCommand,
  explainCommand,
  manifestCommand,
  proposalCommand,
  operatorsCommand,
  stateCommand,
  verifyCommand,
  readinessCommand,
  completionCommand(() => commands),
  lspCommand,
  mcpCommand,
];
