import { Uri, window, workspace } from 'vscode';
import { chooseRepository } from '../choose.ts';
import type { CommandTarget } from '../command-target.ts';
import { withProgress } from '../progress.ts';
import type { Tools } from '../services.ts';
import { understoodPage } from './page.ts';

const title = 'Inspect Chain';

/**
 * Opens a read-only page of Markdown that says what the workspace's chain is, and what was not
 * understood.
 */
export async function inspectChain(
  { documents, repositories }: Tools,
  target?: CommandTarget,
): Promise<void> {
  const repository = await chooseRepository(repositories, title, target);
  if (!repository) return;
  const { root, folder, chain } = await withProgress(
    `Reading ${repository.value.folder.name} …`,
    progress => repositories.read(repository.value, progress),
  );
  const { text } = understoodPage(folder.name, chain, place =>
    Uri.joinPath(root, place.file)
      .with({ fragment: `L${place.line},${place.column}` })
      .toString(),
  );
  const uri = documents.put(Uri.joinPath(root, 'What was understood.md'), 'understood', text);
  await window.showTextDocument(await workspace.openTextDocument(uri), { preview: false });
}
