/**
 * `npm run mounts -- [--types] MIRRORS TABLE`: lays a module that nobody has, `test/go/mount`,
 * beside each app of the development commits of a table (SDK 0.47 and newer), read out of bare git
 * repositories (MIRRORS/<owner>+<name>/repo), mounts it, and writes what comes of it into
 * docs/mounts.md. `--types` checks types with Go as well, as far as the chain's modules can be
 * fetched. `--only TEXT` takes the checkouts whose name holds the text and only prints; `--diffs`
 * prints what would be written; `--module NAME` mounts one of the SDK's instead.
 */
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { loadRepo } from '../core/go/repo/repo.ts';
import { startParser } from '../core/go/syntax/parser.ts';
import { unifiedDiff } from '../host/commands/show.ts';
import { loadAssets } from '../host/disk/assets.ts';
import { gitFiles } from '../host/git/git-files.ts';
import { checkoutName, expectedGenerations, readTable } from './corpus/table.ts';
import type { Mounted } from './mounts/page.ts';
import { mountSum, mountsPage } from './mounts/page.ts';
import { tryMounts } from './mounts/trial.ts';
import { typesOf } from './mounts/types.ts';
import { mirrorsAndTable, runScript } from './run-script.ts';

const newest = ['0.47', '0.50', '0.53', '0.54', '0.55'];
/** The share of apps that a module must be mounted on, in percent. */
const wantedShare = 80;

await runScript('mounts', main);

async function main(): Promise<number> {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      only: { type: 'string' },
      module: { type: 'string' },
      diffs: { type: 'boolean' },
      types: { type: 'boolean' },
    },
  });
  const [mirrors, file] = mirrorsAndTable(
    positionals,
    'npm run mounts -- [--types] MIRRORS TABLE [--only TEXT] [--module NAME] [--diffs]',
  );
  const rows = readTable(readFileSync(file, 'utf8')).filter(
    row =>
      row.ref.startsWith('HEAD') &&
      expectedGenerations(row).some(generation => newest.includes(generation)) &&
      checkoutName(row).includes(values.only ?? ''),
  );
  const parser = await startParser(await loadAssets());
  const all: Mounted[] = [];
  for (const row of rows) {
    const git = join(mirrors, row.repository.replace('/', '+'), 'repo');
    if (!existsSync(git)) throw new Error(`${git} is not there`);
    const repo = await loadRepo(
      gitFiles(git, row.commit, () => undefined),
      parser,
    );
    for (const trial of tryMounts(repo, values.module)) {
      const types = values.types && trial.plan ? typesOf(git, row.commit, trial) : undefined;
      all.push({ row, ...trial, types });
      const said = trial.refused ?? trial.faults[0] ?? types ?? 'proved';
      console.error(`${checkoutName(row)} ${trial.app.dir || '.'}: ${said}`);
      if (values.diffs && trial.plan) console.log(unifiedDiff(trial.plan));
    }
  }
  if (values.only === undefined && values.module === undefined)
    writeFileSync('docs/mounts.md', mountsPage(all));
  const { proved, of, faulty } = mountSum(all);
  console.error(`${proved} of ${of} apps take the module`);
  return faulty > 0 || proved * 100 < of * wantedShare ? 1 : 0;
}
