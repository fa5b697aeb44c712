import { env, Range, Uri, window } from 'vscode';
import type { Refusal } from '../../core/plan/plan.ts';
import { say } from '../report.ts';
import type { Buttons } from '../report.ts';

/** Says why a plan was refused, with the help it carries: the place to look at and Go to paste by hand. */
export function sayRefused(root: Uri, { reason, file, line, snippet }: Refusal, more: Buttons): void {
  say('error', `Chain Upgrade: ${reason}`, {
    ...(snippet === undefined ? {} : { 'Copy Snippet': () => env.clipboard.writeText(snippet) }),
    ...(file === undefined ? {} : { 'Open File': () => openAt(Uri.joinPath(root, file), line ?? 1) }),
    ...more,
  });
}

async function openAt(uri: Uri, line: number): Promise<void> {
  await window.showTextDocument(uri, { selection: new Range(line - 1, 0, line - 1, 0) });
}
