import { commands } from 'vscode';
import { counted } from '../counted.ts';
import { say } from '../report.ts';
import type { Tools } from '../services.ts';

/** "Chain Upgrade: Lint the Workspace": reads everything anew and shows the problems. */
export async function lintWorkspace({ linter }: Tools): Promise<void> {
  const { errors, warnings, chains } = await linter.lintNow();
  if (chains === 0) {
    say(
      'info',
      'Chain Upgrade: there is no Cosmos SDK app in this workspace, so there is nothing to lint.',
    );
    return;
  }
  if (errors + warnings > 0) await commands.executeCommand('workbench.actions.view.problems');
  say(
    errors > 0 ? 'warning' : 'info',
    `Chain Upgrade: ${counted(errors, 'error')} and ${counted(warnings, 'warning')}.`,
  );
}
