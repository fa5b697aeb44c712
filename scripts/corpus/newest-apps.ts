import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Analysis } from '../../core/chain/analysis.ts';
import { analyse } from '../../core/chain/analysis.ts';
import type { App } from '../../core/chain/chain.ts';
import { loadRepo } from '../../core/go/repo/repo.ts';
import type { GoParser } from '../../core/go/syntax/parser.ts';
import { startParser } from '../../core/go/syntax/parser.ts';
import { generationIsBefore } from '../../core/sdk/generations.ts';
import { loadAssets } from '../../host/disk/assets.ts';
import { gitFiles } from '../../host/git/git-files.ts';
import type { Row } from './table.ts';
import { checkoutName, readTable } from './table.ts';

/** An app of a development checkout on SDK 0.47 or newer, and what was read of the checkout. */
export interface NewestApp {
  readonly row: Row;
  /** The bare repository it was read from. */
  readonly git: string;
  readonly analysis: Analysis;
  readonly app: App;
}

/**
 * The apps of the main branches that a table names, read out of bare git repositories
 * (MIRRORS/<owner>+<name>/repo); of checkouts whose name holds `only`. Throws where a repository is
 * not there.
 */
export async function* newestApps(
  mirrors: string,
  file: string,
  only = '',
): AsyncGenerator<NewestApp> {
  const rows = readTable(readFileSync(file, 'utf8')).filter(
    row => row.ref.startsWith('HEAD') && checkoutName(row).includes(only),
  );
  const parser = await startParser(await loadAssets());
  for (const row of rows) yield* appsOf(mirrors, row, parser);
}

async function* appsOf(mirrors: string, row: Row, parser: GoParser): AsyncGenerator<NewestApp> {
  const git = join(mirrors, row.repository.replace('/', '+'), 'repo');
  if (!existsSync(git)) throw new Error(`${git} is not there`);
  const files = gitFiles(git, row.commit, () => {});
  const analysis = analyse(await loadRepo(files, parser));
  for (const app of analysis.chain.apps) {
    const { generation } = app.sdk;
    if (generation !== null && !generationIsBefore(generation, '0.47'))
      yield { row, git, analysis, app };
  }
}
