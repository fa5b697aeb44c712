import { l10n } from 'vscode';
import { chooseRepository } from '../choose.ts';
import type { CommandTarget } from '../command-target.ts';
import { Linted } from '../lint/linted.ts';
import type { Progress } from '../progress.ts';
import { withProgress } from '../progress.ts';
import type { Repository } from '../repositories.ts';
import type { Tools } from '../services.ts';

/**
 * Opens a page that says what the workspace's chain is, and what was not understood. It follows what
 * is typed while the chain is linted.
 */
export async function inspectChain(tools: Tools, target?: CommandTarget): Promise<void> {
  const repository = await chooseRepository(tools.repositories, l10n.t('Inspect Chain'), target);
  if (!repository) return;
  const { folder } = repository.value;
  const linted = await withProgress(l10n.t('Reading {0} …', folder.name), progress =>
    readNow(tools, repository.value, progress),
  );
  tools.pages.show(folder.name, linted);
}

/**
 * The chain as it is now, compared with its release: that of the linter, which goes on to follow
 * what is typed, where it runs.
 */
async function readNow(
  { repositories, linter }: Tools,
  repository: Repository,
  progress: Progress,
): Promise<Linted> {
  const known = await linter.upToDate(repository.root, progress);
  if (known) return known;
  const reading = await repositories.read(repository, progress);
  const linted = new Linted(repository.root, reading);
  await linted.compare(repositories, progress);
  return linted;
}
