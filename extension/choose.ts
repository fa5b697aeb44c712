import { commands, workspace } from 'vscode';
import type { App } from '../core/chain/chain.ts';
import type { Choice } from '../core/plan/question.ts';
import type { CommandTarget } from './command-target.ts';
import { withProgress } from './progress.ts';
import { say } from './report.ts';
import type { Reading, Repositories, Repository } from './repositories.ts';
import { askChoice } from './wizard/steps.ts';

/** What to work on; `asked` where there were several to choose from. */
export interface Chosen<T> {
  readonly value: T;
  readonly asked: boolean;
}

/**
 * The workspace's chain: the one that is meant, else it asks where several folders hold one, and
 * says so where none does.
 */
export async function chooseRepository(
  repositories: Repositories,
  title: string,
  target?: CommandTarget,
): Promise<Chosen<Repository> | undefined> {
  const found = await withProgress('Looking for a Cosmos SDK chain …', () => repositories.find());
  if (found.length === 0) sayNone();
  if (target && found.length > 0) {
    const meant = found.find(({ root }) => root.toString() === target.root);
    if (!meant) throw new Error(`there is no Cosmos SDK chain at ${target.root} in this workspace`);
    return { value: meant, asked: false };
  }
  const chosen = await chooseOne(
    found,
    { title: `${title}: Folder`, prompt: 'Which chain?', back: false },
    ({ folder, root }) => ({ value: root.toString(), label: folder.name, detail: root.fsPath }),
  );
  return typeof chosen === 'object' ? chosen : undefined;
}

/**
 * The repository's app: the one that is meant, else it asks where there are several, and says so
 * where none was understood.
 */
export async function chooseApp(
  { chain, folder }: Reading,
  title: string,
  back: boolean,
  target?: CommandTarget,
): Promise<Chosen<App> | 'back' | 'done'> {
  if (chain.apps.length === 0) {
    say(
      'warning',
      `Chain Upgrade: no app was found in ${folder.name}: no struct that embeds ` +
        'baseapp.BaseApp or runtime.App and that a command builds.',
    );
  }
  if (target?.app !== undefined && chain.apps.length > 0) {
    const meant = chain.apps.find(({ dir }) => dir === target.app);
    if (!meant) {
      const dirs = chain.apps.map(({ dir }) => dir || '.').join(', ');
      throw new Error(`there is no app in ${target.app || '.'}; there is one in ${dirs}`);
    }
    return { value: meant, asked: false };
  }
  return chooseOne(
    chain.apps,
    { title: `${title}: App`, prompt: 'Which app?', back },
    ({ dir, type, sdk }) => ({
      value: dir,
      label: dir || '.',
      detail: [type, sdk.version && `Cosmos SDK ${sdk.version}`].filter(Boolean).join(', '),
    }),
  );
}

/** The only value, or the one that is picked of several. */
export async function chooseOne<T>(
  values: readonly T[],
  { title, prompt, back }: { title: string; prompt: string; back: boolean },
  choiceOf: (value: T) => Choice,
): Promise<Chosen<T> | 'back' | 'done'> {
  if (values.length === 0) return 'done';
  if (values.length === 1) return { value: values[0]!, asked: false };
  const left = await askChoice(
    { title, back },
    { prompt, many: false, selected: [], validate: () => undefined, choices: values.map(choiceOf) },
  );
  if (left.by !== 'accept') return left.by === 'back' ? 'back' : 'done';
  const value = values.find(v => choiceOf(v).value === left.value[0]);
  return value === undefined ? 'done' : { value, asked: true };
}

function sayNone(): void {
  const folders = workspace.workspaceFolders ?? [];
  if (folders.length === 0) {
    say('warning', 'Chain Upgrade: no folder is open. Open the repository of a Cosmos SDK chain.', {
      'Open Folder': () => commands.executeCommand('vscode.openFolder'),
    });
  } else {
    const names = folders.map(folder => folder.name).join(', ');
    say(
      'warning',
      `Chain Upgrade: there is no Cosmos SDK chain in ${names}: no go.mod names ` +
        'github.com/cosmos/cosmos-sdk.',
    );
  }
}
