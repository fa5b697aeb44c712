import type { Disposable, StatusBarItem } from 'vscode';
import { StatusBarAlignment, ThemeColor, window } from 'vscode';
import type { Diagnostic } from '../../core/lint/diagnostic.ts';
import { counted } from '../counted.ts';

/** The status bar item: how much is found, and what the chain is compared with. */
export class Status implements Disposable {
  private readonly item: StatusBarItem;
  private base = 'not compared with a release yet';

  constructor() {
    this.item = window.createStatusBarItem('chainUpgrade.lint', StatusBarAlignment.Left);
    this.item.name = 'Chain Upgrade';
    this.item.command = 'workbench.actions.view.problems';
  }

  comparedWith(refs: readonly string[], reason: string | undefined): void {
    this.base =
      refs.length === 0
        ? `not compared with a release: ${reason ?? ''}`
        : `compared with ${refs.join(', ')}`;
  }

  /** Shows the counts; hidden where there is no chain. */
  show(problems: readonly Diagnostic[], isChain: boolean, trouble: string | undefined): void {
    const count = (severity: string) =>
      problems.filter(problem => problem.severity === severity).length;
    const errors = count('error');
    const warnings = count('warning');
    this.item.text = ['$(git-commit) Upgrade', ...icons(errors, warnings)].join(' ');
    this.item.tooltip = [
      `Chain Upgrade: ${counted(errors, 'error')}, ${counted(warnings, 'warning')}`,
      this.base,
      ...(trouble ? [trouble] : []),
    ].join('\n');
    this.item.backgroundColor =
      errors > 0 ? new ThemeColor('statusBarItem.errorBackground') : undefined;
    if (isChain) this.item.show();
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
