import { commands } from 'vscode';
import { say } from '../report.ts';
import type { Tools } from '../services.ts';

/** "Chain Upgrade: Lint the Workspace": reads everything anew and shows the problems. */
export async function lintWorkspace({ linter }: Tools): Promise<void> {
  const { errors, warnings, chains } = await linter.lintNow();
  if (chains === 0)
    return say(
      'info',
      'Chain Upgrade: there is no Cosmos SDK app in this workspace, so there is nothing to lint.',
    );
  if (errors + warnings > 0) await commands.executeCommand('workbench.actions.view.problems');
  say(
    errors > 0 ? 'warning' : 'info',
    `Chain Upgrade: ${errors} error${errors === 1 ? '' : 's'} and ${warnings} warning${warnings === 1 ? '' : 's'}.`,
  );
}
