import { commands, l10n } from 'vscode';
import { errorsText, warningsText } from '../counted.ts';
import { say } from '../report.ts';
import type { Tools } from '../services.ts';
import { failureText } from './failed-reading.ts';

/** "Chain Upgrade: Lint the Workspace": reads everything anew and shows the problems. */
export async function lintWorkspace({ linter }: Tools): Promise<void> {
  const { errors, warnings, chains, failures } = await linter.lintNow();
  // What was not read is said before anything is said of the rest.
  for (const failure of failures) say('error', l10n.t('Chain Upgrade: {0}.', failureText(failure)));
  if (chains === 0) {
    if (failures.length > 0) return;
    say(
      'info',
      l10n.t(
        'Chain Upgrade: there is no Cosmos SDK app in this workspace, so there is nothing to lint.',
      ),
    );
    return;
  }
  if (errors + warnings > 0) await commands.executeCommand('workbench.actions.view.problems');
  say(
    errors > 0 ? 'warning' : 'info',
    l10n.t('Chain Upgrade: {0} and {1}.', errorsText(errors), warningsText(warnings)),
  );
}
