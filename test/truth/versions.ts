import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { analyse, readChain } from '../../core/chain/analysis.ts';
import type { Chain } from '../../core/chain/chain.ts';
import type { Repo } from '../../core/go/repo/repo.ts';
import type { Diagnostic } from '../../core/lint/diagnostic.ts';
import { lint } from '../../core/lint/lint.ts';
import { GoChain } from '../go/chain.ts';
import type { Generation } from '../go/generations.ts';
import type { SourceEdit } from '../support/edits.ts';
import { edited } from '../support/edits.ts';
import { repoOf } from '../support/go.ts';
import { textsBelow, writeFiles } from '../support/temp.ts';
import type { Row } from './row.ts';

/** Source by path: Go and go.mod. */
export type Texts = ReadonlyMap<string, string>;

/** The plan of the next version. */
export const plan = 'v3';

/** A version with a row's mistake, as it is read and linted. */
export interface Reading {
  readonly now: Repo;
  readonly chain: Chain;
  readonly relint: (repo: Repo) => Diagnostic[];
}

/** An example chain's released version, and the next one as the tool wrote it. */
export class Versions {
  readonly old: GoChain;
  readonly next: GoChain;
  readonly released: Texts;
  readonly good: Texts;
  /** Both as they are read: a row changes a few files. */
  private repos: Promise<Repo[]> | undefined;

  constructor(generation: Generation) {
    this.old = new GoChain(generation);
    this.next = new GoChain(generation).develop();
    this.next.chainUpgrade(
      'new',
      plan,
      '--added',
      'shelf',
      '--deleted',
      'ledger',
      '--renamed',
      'box=crate',
      '--yes',
    );
    [this.released, this.good] = [textsOf(this.old.dir), textsOf(this.next.dir)];
  }

  /**
   * Reads the version with a row's mistake, beside what it is compared with. `before` is what the
   * released version has otherwise.
   */
  async read(
    row: Pick<Row, 'edits' | 'where' | 'release'>,
    before: readonly SourceEdit[] = [],
  ): Promise<Reading> {
    this.repos ??= Promise.all(
      [this.good, this.released].map(texts => repoOf(Object.fromEntries(texts))),
    );
    const [good, released] = await this.repos;
    const now = withMistake(good!, row.edits);
    const was = row.where === 'patch' ? good! : released!;
    const old = withMistake(was, row.where === 'both' ? row.edits : before);
    const base = { ref: 'v2.0.0', merged: true, repo: old, chain: readChain(old) };
    return {
      now,
      chain: readChain(now),
      relint: repo => lint(analyse(repo), { bases: [base], release: row.release }),
    };
  }

  remove(): void {
    this.old.remove();
    this.next.remove();
  }
}

function withMistake(repo: Repo, edits: readonly SourceEdit[]): Repo {
  const texts = edited(repo.texts, edits);
  return repo.with(
    [...new Set(edits.map(({ file }) => file))].map(file => [file, texts.get(file)] as const),
  );
}

function textsOf(dir: string): Texts {
  return textsBelow(dir, file => /\.go$|^go\.mod$/.test(file) && !file.endsWith('_test.go'));
}

/** Makes a folder hold these texts and no other Go. */
export function write(dir: string, texts: Texts): void {
  for (const file of textsOf(dir).keys()) if (!texts.has(file)) rmSync(join(dir, file));
  writeFiles(dir, Object.fromEntries(texts));
}
