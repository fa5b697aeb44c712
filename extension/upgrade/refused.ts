import { env, l10n, Range, Uri, window } from 'vscode';
import type { RefusalInfo } from '../../core/refusal.ts';
import type { Buttons } from '../report.ts';
import { say } from '../report.ts';

/**
 * Says why a plan was refused, with the help it carries: the place to look at, Go to paste by hand,
 * and the way back to the answers.
 */
export function sayRefused(
  root: Uri,
  { reason, file, line, snippet }: RefusalInfo,
  again: () => unknown,
): void {
  const help: Buttons = {
    ...(snippet === undefined
      ? {}
      : { [l10n.t('Copy Snippet')]: () => env.clipboard.writeText(snippet) }),
    ...(file === undefined
      ? {}
      : { [l10n.t('Open File')]: () => openAt(Uri.joinPath(root, file), line ?? 1) }),
  };
  // A notification goes when one of its buttons is pressed; who has opened the file still wants to
  // go on.
  const sayWith = (labels: readonly string[]) =>
    say('error', l10n.t('Chain Upgrade: {0}', reason), {
      ...Object.fromEntries(
        labels.map(label => [
          label,
          async () => {
            await help[label]!();
            sayWith(labels.filter(other => other !== label));
          },
        ]),
      ),
      [l10n.t('Change Answers')]: again,
    });
  sayWith(Object.keys(help));
}

async function openAt(uri: Uri, line: number): Promise<void> {
  await window.showTextDocument(uri, { selection: new Range(line - 1, 0, line - 1, 0) });
}
