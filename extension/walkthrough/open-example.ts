import { commands, l10n, Uri, window, workspace } from 'vscode';
import { Refusal } from '../../core/refusal.ts';
import { hasProcesses } from '../has-processes.ts';
import { withProgress } from '../progress.ts';
import { errorText, say, wasCancelled } from '../report.ts';
import type { Tools } from '../services.ts';
import { readExample } from './bundled-example.ts';

/** The folder that the example is copied to, in the one that the user picks. */
const exampleName = 'example-chain';

/** How the folder is asked for, and how the copy is opened. */
export interface ExampleEditor {
  readonly pickFolder: () => PromiseLike<Uri | undefined>;
  readonly open: (folder: Uri) => PromiseLike<unknown>;
}

const thisEditor: ExampleEditor = {
  async pickFolder() {
    // Beside what is open: in it would be in a chain.
    const open = workspace.workspaceFolders?.[0]?.uri;
    const picked = await window.showOpenDialog({
      title: l10n.t('Example Chain: where to put the new folder {0}', exampleName),
      openLabel: l10n.t('Copy Here'),
      ...(open && { defaultUri: Uri.joinPath(open, '..') }),
      canSelectFolders: true,
      canSelectFiles: false,
      canSelectMany: false,
    });
    return picked?.[0];
  },
  // What is open in this window stays open.
  open: folder => commands.executeCommand('vscode.openFolder', folder, { forceNewWindow: true }),
};

type Needed = Pick<Tools, 'walkthrough' | 'log' | 'run'>;

/**
 * "Chain Upgrade: Open Example Chain": copies it into a new folder, makes its repository with a
 * release, and opens it in a new window. Gives the folder; undefined where nothing was copied.
 */
export async function openExample(
  tools: Needed,
  editor: ExampleEditor = thisEditor,
): Promise<Uri | undefined> {
  const whyNot = whyNotHere();
  if (whyNot) {
    whyNot();
    return undefined;
  }
  const picked = await editor.pickFolder();
  return picked && copyInto(picked, tools, editor);
}

/** Copies it into a new folder of the one that was picked; says what went wrong, and what can be done. */
async function copyInto(
  picked: Uri,
  tools: Needed,
  editor: ExampleEditor,
): Promise<Uri | undefined> {
  const once = (action: () => Promise<unknown>) => () =>
    tools.run(async () => {
      await action();
    });
  const elsewhere = { [l10n.t('Pick Another Folder')]: once(() => openExample(tools, editor)) };
  const folder = Uri.joinPath(picked, exampleName);
  if (folder.scheme !== 'file') {
    say(
      'error',
      l10n.t(
        'Chain Upgrade: {0} is not on a disk, where git works: pick another folder.',
        folder.toString(true),
      ),
      elsewhere,
    );
    return undefined;
  }
  try {
    await copyTo(folder, tools);
  } catch (error) {
    if (wasCancelled(error)) throw error;
    const isFault = !(error instanceof Refusal);
    if (isFault) tools.log.error(error instanceof Error ? error : String(error));
    say('error', l10n.t('Chain Upgrade: {0}.', errorText(error)), {
      [l10n.t('Try Again')]: once(() => copyInto(picked, tools, editor)),
      ...elsewhere,
      ...(isFault && { [l10n.t('Show Log')]: () => tools.log.show() }),
    });
    return undefined;
  }
  await tools.walkthrough.follow(folder);
  await editor.open(folder);
  return folder;
}

/** Says why nothing can be copied in this window; undefined where it can. */
function whyNotHere(): (() => void) | undefined {
  if (!hasProcesses())
    return () =>
      say(
        'warning',
        l10n.t(
          'Chain Upgrade: the example chain is made with git, and a browser cannot run it: ' +
            'copy it in VS Code on a desktop.',
        ),
      );
  if (!workspace.isTrusted)
    return () =>
      say(
        'warning',
        l10n.t(
          'Chain Upgrade: the example chain is made with git, which is not run in a ' +
            'workspace that is not trusted: trust it, or copy the chain in another window.',
        ),
        { [l10n.t('Manage Trust')]: () => commands.executeCommand('workbench.trust.manage') },
      );
  return undefined;
}

async function copyTo(folder: Uri, { walkthrough, log }: Needed): Promise<void> {
  const [{ makeExample }, example] = await Promise.all([
    import('../../host/example.ts'),
    readExample(walkthrough.extensionUri),
  ]);
  await withProgress(l10n.t('Copying the example chain …'), ({ signal }) =>
    makeExample(folder.fsPath, example, signal),
  );
  log.info(`the example chain is in ${folder.fsPath}`);
}
