import type { Disposable, StatusBarItem } from 'vscode';
import { l10n, StatusBarAlignment, ThemeColor, window } from 'vscode';
import { comparedText } from '../../core/chain/baseline.ts';
import { countFindings } from '../../core/workspace/view/finding-counts.ts';
import { countedText } from '../counted.ts';
import type { Linted } from './linted.ts';

/** The status bar item: how much is found, and what the chains are compared with. */
export class Status implements Disposable {
  private readonly item: StatusBarItem;

  constructor() {
    this.item = window.createStatusBarItem('chainUpgrade.lint', StatusBarAlignment.Left);
    this.item.name = 'Chain Upgrade';
    this.item.command = 'workbench.actions.view.problems';
  }

  /** Shows the counts of all chains; hidden where there is none. */
  show(all: readonly Linted[]): void {
    const { errors, warnings } = countFindings(all.flatMap(({ problems }) => problems));
    const refs = new Set(all.flatMap(({ bases }) => bases.map(({ ref }) => ref)));
    const reason = all.find(({ notCompared }) => notCompared !== undefined)?.notCompared;
    const trouble = all.find(({ configError }) => configError !== undefined)?.configError;
    this.item.text = [`$(git-commit) ${l10n.t('Upgrade')}`, ...icons(errors, warnings)].join(' ');
    this.item.tooltip = [
      countedText(errors, warnings),
      comparedText([...refs], reason),
      ...(trouble ? [trouble] : []),
    ].join('\n');
    this.item.backgroundColor =
      errors > 0 ? new ThemeColor('statusBarItem.errorBackground') : undefined;
    if (all.length > 0) this.item.show();
    else this.item.hide();
  }

  dispose(): void {
    this.item.dispose();
  }
}

/** The icons of the status bar item, each with its number. */
function icons(errors: number, warnings: number): string[] {
  if (errors + warnings === 0) return ['$(check)'];
  return [
    ...(errors > 0 ? [`$(error) ${errors}`] : []),
    ...(warnings > 0 ? [`$(warning) ${warnings}`] : []),
  ];
}
