import type { Disposable, StatusBarItem } from 'vscode';
import { StatusBarAlignment, ThemeColor, window } from 'vscode';
import type { Diagnostic } from '../../core/lint/diagnostic.ts';

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
    const count = (severity: string) => problems.filter(p => p.severity === severity).length;
    const [errors, warnings] = [count('error'), count('warning')];
    this.item.text =
      `$(git-commit) Upgrade ${errors > 0 ? `$(error) ${errors} ` : ''}${warnings > 0 ? `$(warning) ${warnings}` : ''}${errors + warnings === 0 ? '$(check)' : ''}`.trim();
    this.item.tooltip = [
      `Chain Upgrade: ${errors} error${errors === 1 ? '' : 's'}, ${warnings} warning${warnings === 1 ? '' : 's'}`,
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
