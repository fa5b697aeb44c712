import type { Uri } from 'vscode';
import { l10n } from 'vscode';

/** A repository that could not be read, or all of the workspace. */
export interface FailedReading {
  /** What it is called. */
  readonly name: string;
  readonly root: Uri | undefined;
  readonly why: string;
}

/** What could not be read, and why. */
export function failureText({ name, why }: FailedReading): string {
  return l10n.t('{0} could not be read: {1}', name, why);
}
