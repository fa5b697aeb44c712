import type { QuickPickItem } from 'vscode';
import { l10n, QuickPickItemKind, window } from 'vscode';
import { basename } from '../../core/files.ts';
import type { Plan } from '../../core/plan/plan.ts';
import { writtenFiles } from '../../core/plan/plan.ts';
import type { Frame } from '../wizard/steps.ts';
import { shown } from '../wizard/steps.ts';

interface Item extends QuickPickItem {
  readonly does?: 'apply' | 'back' | 'cancel';
}

/** The last step: what the preview shows is written, or not. */
export async function confirmPlan(frame: Frame, plan: Plan): Promise<'apply' | 'back' | 'cancel'> {
  const pick = window.createQuickPick<Item>();
  const count = writtenFiles(plan).length;
  pick.placeholder =
    count === 1 ? l10n.t('Write this file?') : l10n.t('Write these {0} files?', count);
  pick.items = [
    {
      label: `$(check) ${l10n.t('Apply')}`,
      description: [
        phrase(names => l10n.t('create {0}', names), plan.creates),
        phrase(names => l10n.t('change {0}', names), plan.edits),
      ]
        .filter(Boolean)
        .join(', '),
      does: 'apply',
    },
    {
      label: `$(arrow-left) ${l10n.t('Back')}`,
      description: l10n.t('change the answers'),
      does: 'back',
    },
    { label: `$(close) ${l10n.t('Cancel')}`, description: l10n.t('write nothing'), does: 'cancel' },
    ...linesBelow(l10n.t('To know'), plan.notes),
  ];
  const left = await shown(pick, frame, {
    value: () => pick.activeItems[0]?.does ?? 'cancel',
    accept: () => pick.activeItems[0]?.does !== undefined,
  });
  if (left.by === 'escape') return 'cancel';
  return left.by === 'back' ? 'back' : left.value;
}

function phrase(does: (names: string) => string, files: readonly { file: string }[]): string {
  return files.length === 0 ? '' : does(files.map(({ file }) => basename(file)).join(', '));
}

/** Texts to read below the choices of a pick; it cuts long lines off, so they are broken. */
export function linesBelow(heading: string, texts: readonly string[]): QuickPickItem[] {
  if (texts.length === 0) return [];
  const lines = texts.flatMap(text =>
    wrap(text, 76).map((line, i) => ({ label: i === 0 ? `$(info) ${line}` : `$(blank) ${line}` })),
  );
  return [{ label: heading, kind: QuickPickItemKind.Separator }, ...lines];
}

function wrap(text: string, width: number): string[] {
  const lines: string[] = [];
  for (const word of text.split(/\s+/)) {
    const last = lines.at(-1);
    if (last !== undefined && last.length + word.length < width)
      lines[lines.length - 1] = `${last} ${word}`;
    else lines.push(word);
  }
  return lines;
}
