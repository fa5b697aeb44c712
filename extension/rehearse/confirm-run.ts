import type { QuickPickItem } from 'vscode';
import { l10n, window } from 'vscode';
import { linesBelow } from '../upgrade/confirm.ts';
import { shown } from '../wizard/steps.ts';

interface Item extends QuickPickItem {
  readonly does?: boolean;
}

/** What is about to be done, and what there is to know of it. */
export interface Doing {
  readonly title: string;
  readonly question: string;
  readonly does: string;
  readonly cancel: string;
  readonly heading: string;
  readonly lines: readonly string[];
}

/** Asks for a yes; Escape and Cancel are a no. */
export async function agree({
  title,
  question,
  does,
  cancel,
  heading,
  lines,
}: Doing): Promise<boolean> {
  const pick = window.createQuickPick<Item>();
  pick.placeholder = question;
  pick.items = [
    { label: `$(check) ${does}`, does: true },
    { label: `$(close) ${l10n.t('Cancel')}`, description: cancel, does: false },
    ...linesBelow(heading, lines),
  ];
  const left = await shown(
    pick,
    { title, back: false },
    {
      value: () => pick.activeItems[0]?.does === true,
      accept: () => pick.activeItems[0]?.does !== undefined,
    },
  );
  return left.by === 'accept' && left.value;
}
