import type { ExtensionContext } from 'vscode';
import { ExtensionMode, Uri, window, workspace } from 'vscode';
import type { Repositories } from '../repositories.ts';

/** For so long after its installation the extension is new, in milliseconds. */
const newFor = 10 * 60_000;

/**
 * Whether the extension was just installed. VS Code opens a walkthrough itself where a user installs
 * an extension in its window; this is for the other ways, such as `code --install-extension`.
 */
export async function isNewlyInstalled({
  extensionMode,
  extensionUri,
}: Pick<ExtensionContext, 'extensionMode' | 'extensionUri'>): Promise<boolean> {
  if (extensionMode !== ExtensionMode.Production) return false;
  const { ctime } = await workspace.fs.stat(Uri.joinPath(extensionUri, 'package.json'));
  return Date.now() - ctime < newFor;
}

/**
 * Whether a walkthrough may open by itself: the user wants that, looks at this window, and works
 * neither on a file nor on a chain in it.
 */
export async function isFreeWindow(repositories: Pick<Repositories, 'find'>): Promise<boolean> {
  const isWanted = workspace
    .getConfiguration('workbench.welcomePage.walkthroughs')
    .get<boolean>('openOnInstall', true);
  if (!isWanted || !window.state.focused) return false;
  if (window.tabGroups.all.some(({ tabs }) => tabs.length > 0)) return false;
  return (await repositories.find()).length === 0;
}
