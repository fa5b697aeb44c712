import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { analyse } from '../../core/chain/analysis.ts';
import type { App } from '../../core/chain/chain.ts';
import { loadRepo } from '../../core/go/repo/repo.ts';
import type { GoParser } from '../../core/go/syntax/parser.ts';
import { reasonOf } from '../../host/errors.ts';
import { gitFiles } from '../../host/git/git-files.ts';
import type { Row } from './table.ts';
import type { Trial } from './trial.ts';
import { tryUpgrade } from './trial.ts';
import { variantsFor } from './variants.ts';

/** What was understood of a checkout, as codes and numbers. */
export interface Understood {
  readonly generations: readonly string[];
  readonly registration: readonly string[];
  readonly storeStyle: readonly string[];
  readonly apps: number;
  readonly upgrades: number;
  readonly stores: number;
  readonly modules: number;
  readonly unknown: number;
}

/** One checkout, studied. */
export interface Study {
  readonly row: Row;
  /** Why there is nothing more to say: no such repository here. */
  readonly absent?: string;
  /** What reading it crashed with. */
  readonly crash?: string;
  readonly understood?: Understood;
  readonly trials: readonly Trial[];
  /** Files whose contents this copy of the repository lacks. */
  readonly lacking: readonly string[];
  /** The whole time, and that of reading the repository and understanding it, in milliseconds. */
  readonly ms: number;
  readonly readMs: number;
}

/**
 * Reads a checkout from its repository under `mirrors`, without a work tree, and tries new upgrades
 * on each of its apps.
 */
export async function study(row: Row, mirrors: string, parser: GoParser): Promise<Study> {
  const git = join(mirrors, row.repository.replace('/', '+'), 'repo');
  const lacking: string[] = [];
  const start = performance.now();
  const since = () => performance.now() - start;
  const nothing = { row, trials: [], lacking };
  if (!existsSync(git))
    return {
      ...nothing,
      absent: `no repository ${row.repository.replace('/', '+')}/repo`,
      ms: 0,
      readMs: 0,
    };
  try {
    const repo = await loadRepo(
      gitFiles(git, row.commit, file => lacking.push(file)),
      parser,
    );
    const analysis = analyse(repo);
    const { chain } = analysis;
    const readMs = since();
    const trials = chain.apps.flatMap(app =>
      variantsFor(app).map(variant => tryUpgrade({ ...analysis, app }, variant)),
    );
    return {
      row,
      understood: {
        ...understoodIn(chain.apps),
        modules: chain.modules.length,
        unknown: chain.unknown.length,
      },
      trials,
      lacking,
      ms: since(),
      readMs,
    };
  } catch (error) {
    return { ...nothing, crash: reasonOf(error), ms: since(), readMs: since() };
  }
}

function understoodIn(apps: readonly App[]): Omit<Understood, 'modules' | 'unknown'> {
  const distinct = (values: readonly string[]) => [...new Set(values)];
  return {
    generations: distinct(apps.map(app => app.sdk.generation ?? 'unknown')),
    registration: distinct(apps.flatMap(app => app.registration)),
    storeStyle: distinct(apps.flatMap(app => app.storeStyle)),
    apps: apps.length,
    upgrades: apps.flatMap(app => app.upgrades.filter(upgrade => upgrade.registered)).length,
    stores: apps.flatMap(app => app.stores).length,
  };
}
