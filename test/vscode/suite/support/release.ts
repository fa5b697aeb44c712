import type { Uri } from 'vscode';
import { exampleApp, withoutV3 } from '../../../support/before-v3.ts';
import { History } from '../../../support/git.ts';
import { file, folder, onDisk, putOnDisk } from './editor.ts';

/**
 * Makes the folder a git repository with a release in which one file had another text; the folder
 * itself stays as it is.
 */
export async function release(tag: string, changed: Uri, text: string): Promise<void> {
  const now = (await onDisk(changed))!;
  const history = new History(folder().fsPath);
  await putOnDisk(changed, text);
  history.commit(tag);
  await putOnDisk(changed, now);
  history.commit();
}

/** Makes the chain without its upgrade v3 the release v2.0.0, so that v3 is pending. */
export async function releaseBeforeV3(): Promise<void> {
  const app = file(exampleApp);
  await release('v2.0.0', app, withoutV3((await onDisk(app))!));
}
