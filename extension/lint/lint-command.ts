import { commands, l10n } from 'vscode';
import { countedText } from '../counted.ts';
import { say } from '../report.ts';
import type { Tools } from '../services.ts';
import { failureNotice } from './failed-reading.ts';
import type { LintedNow } from './lint.ts';

/** "Chain Upgrade: Lint the Workspace": reads everything anew and shows the problems. */
export async function lintWorkspace({ linter }: Tools): Promise<void> {
  await sayLinted(await linter.lintNow());
}

/** Says what could not be read. */
export function sayFailures({ failures }: Pick<LintedNow, 'failures'>): void {
  for (const failure of failures) say('error', failureNotice(failure));
}

/** Says what a lint found, what could not be read first, and shows the problems. */
export async function sayLinted(result: LintedNow): Promise<void> {
  const { errors, warnings, chains, failures } = result;
  sayFailures(result);
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
  say(errors > 0 ? 'warning' : 'info', countedText(errors, warnings));
}
