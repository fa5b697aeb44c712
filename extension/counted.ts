import { l10n } from 'vscode';

/** How many errors and warnings were found, as one sentence: languages put numbers differently. */
export function countedText(errors: number, warnings: number): string {
  if (errors === 1)
    return warnings === 1
      ? l10n.t('Chain Upgrade: 1 error and 1 warning.')
      : l10n.t('Chain Upgrade: 1 error and {0} warnings.', warnings);
  return warnings === 1
    ? l10n.t('Chain Upgrade: {0} errors and 1 warning.', errors)
    : l10n.t('Chain Upgrade: {0} errors and {1} warnings.', errors, warnings);
}
