import type { Uri } from 'vscode';
import { l10n } from 'vscode';

/** A repository that could not be read, or all of the workspace. */
export interface FailedReading {
  /** What it is called; undefined for the workspace. */
  readonly name: string | undefined;
  readonly root: Uri | undefined;
  /** What went wrong; undefined where reading was cancelled. */
  readonly why: string | undefined;
}

/** What could not be read. */
export function failedText({ name }: Pick<FailedReading, 'name'>): string {
  return name === undefined
    ? l10n.t('the workspace could not be read')
    : l10n.t('{0} could not be read', name);
}

/** Why it could not be read. */
export function whyText({ why }: Pick<FailedReading, 'why'>): string {
  return why ?? l10n.t('reading was cancelled');
}

/** What could not be read, and why. */
export function failureText({ name, why }: FailedReading): string {
  if (name === undefined)
    return why === undefined
      ? l10n.t('the workspace could not be read: reading was cancelled')
      : l10n.t('the workspace could not be read: {0}', why);
  return why === undefined
    ? l10n.t('{0} could not be read: reading was cancelled', name)
    : l10n.t('{0} could not be read: {1}', name, why);
}

/** The same as a notification. */
export function failureNotice({ name, why }: FailedReading): string {
  if (name === undefined)
    return why === undefined
      ? l10n.t('Chain Upgrade: the workspace could not be read: reading was cancelled.')
      : l10n.t('Chain Upgrade: the workspace could not be read: {0}.', why);
  return why === undefined
    ? l10n.t('Chain Upgrade: {0} could not be read: reading was cancelled.', name)
    : l10n.t('Chain Upgrade: {0} could not be read: {1}.', name, why);
}
