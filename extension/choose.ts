import { commands, l10n, workspace } from 'vscode';
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
  const found = await withProgress(l10n.t('Looking for a Cosmos SDK chain …'), () =>
    repositories.find(),
  );
  if (found.length === 0) sayNone();
  if (target && found.length > 0) {
    const meant = found.find(({ root }) => root.toString() === target.root);
    if (!meant)
      throw new Error(l10n.t('there is no Cosmos SDK chain at {0} in this workspace', target.root));
    return { value: meant, asked: false };
  }
  const chosen = await chooseOne(
    found,
    { title: l10n.t('{0}: Folder', title), prompt: l10n.t('Which chain?'), back: false },
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
      l10n.t(
        'Chain Upgrade: no app was found in {0}: no struct that embeds baseapp.BaseApp or ' +
          'runtime.App and that a command builds.',
        folder.name,
      ),
    );
  }
  if (target?.app !== undefined && chain.apps.length > 0) {
    const meant = chain.apps.find(({ dir }) => dir === target.app);
    if (!meant) {
      const dirs = chain.apps.map(({ dir }) => dir || '.').join(', ');
      throw new Error(
        l10n.t('there is no app in {0}; there is one in {1}', target.app || '.', dirs),
      );
    }
    return { value: meant, asked: false };
  }
  return chooseOne(
    chain.apps,
    { title: l10n.t('{0}: App', title), prompt: l10n.t('Which app?'), back },
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
    say(
      'warning',
      l10n.t('Chain Upgrade: no folder is open. Open the repository of a Cosmos SDK chain.'),
      {
        [l10n.t('Open Folder')]: () => commands.executeCommand('vscode.openFolder'),
      },
    );
  } else {
    const names = folders.map(folder => folder.name).join(', ');
    say(
      'warning',
      l10n.t(
        'Chain Upgrade: there is no Cosmos SDK chain in {0}: no go.mod names ' +
          'github.com/cosmos/cosmos-sdk.',
        names,
      ),
    );
  }
}
