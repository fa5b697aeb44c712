import type { Uri } from 'vscode';

/** A repository that could not be read, or all of the workspace. */
export interface FailedReading {
  /** What it is called. */
  readonly name: string;
  readonly root: Uri | undefined;
  readonly why: string;
}

/** What could not be read, and why. */
export function failureText({ name, why }: FailedReading): string {
  return `${name} could not be read: ${why}`;
}
