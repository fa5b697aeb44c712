import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Repo } from '../../core/go/repo/repo.ts';
import { loadRepo } from '../../core/go/repo/repo.ts';
import type { GoParser } from '../../core/go/syntax/parser.ts';
import { diskFiles } from '../../host/disk/disk-files.ts';
import { gitFiles } from '../../host/git/git-files.ts';
import { checkoutName, readTable } from '../corpus/table.ts';

/** A chain that can be read. */
export interface ChainSource {
  readonly name: string;
  load(parser: GoParser): Promise<Repo>;
}

/** The small chains of test/chains, and the one that Go compiles. */
export function smallChains(): ChainSource[] {
  const folders = readdirSync('test/chains', { withFileTypes: true })
    .filter(entry => entry.isDirectory())
    .map(({ name }) => join('test/chains', name))
    .sort();
  return [...folders, 'test/go/chain'].map(folder => ({
    name: folder,
    load: parser => loadRepo(diskFiles(folder), parser),
  }));
}

/** The checkouts of a table, in bare repositories. */
export function checkouts(mirrors: string, table: string): ChainSource[] {
  return readTable(readFileSync(table, 'utf8')).map(row => {
    const git = join(mirrors, row.repository.replace('/', '+'), 'repo');
    const source = gitFiles(git, row.commit, () => {});
    return { name: checkoutName(row), load: parser => loadRepo(source, parser) };
  });
}
