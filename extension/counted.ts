import { l10n } from 'vscode';

/** A number of errors in words, such as `1 error`. */
export function errorsText(count: number): string {
  return count === 1 ? l10n.t('1 error') : l10n.t('{0} errors', count);
}

/** A number of warnings in words, such as `2 warnings`. */
export function warningsText(count: number): string {
  return count === 1 ? l10n.t('1 warning') : l10n.t('{0} warnings', count);
}
