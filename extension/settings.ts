import { workspace } from 'vscode';
import type { Uri } from 'vscode';

/** Settings of the extension: each is `chainUpgrade.<name>` in settings.json. The manifest's part is derived from this interface. */
export interface Settings {
  /**
   * The git tag, branch or commit the network runs now. What changed since then tells which stores an upgrade adds or deletes.
   * Empty: the newest release tag before the current commit.
   *
   * @scope resource
   * @default ""
   */
  readonly base: string;
}

/** The settings that hold for a file or folder. */
export function settingsFor(resource: Uri): Settings {
  const values = workspace.getConfiguration('chainUpgrade', resource);
  return { base: values.get<string>('base', '').trim() };
}
