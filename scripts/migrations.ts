/**
 * `npm run migrations -- MIRRORS TABLE`: raises every module of the checkouts of a table, read out
 * of bare git repositories (MIRRORS/<owner>+<name>/repo), one at a time and in memory, and writes
 * what comes of it into docs/migrations.md. `--only TEXT` takes the checkouts whose name holds the
 * text and only prints; `--diffs` prints what would be written.
 */
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { analyse } from '../core/chain/analysis.ts';
import { loadRepo } from '../core/go/repo/repo.ts';
import type { GoParser } from '../core/go/syntax/parser.ts';
import { startParser } from '../core/go/syntax/parser.ts';
import { unifiedDiff } from '../host/commands/show.ts';
import { loadAssets } from '../host/disk/assets.ts';
import { gitFiles } from '../host/git/git-files.ts';
import type { Row } from './corpus/table.ts';
import { checkoutName, readTable } from './corpus/table.ts';
import type { Checkout } from './migrations/page.ts';
import { migrationsPage } from './migrations/page.ts';
import { secondOpinion } from './migrations/second-opinion.ts';
import { tryMigration } from './migrations/trial.ts';
import { mirrorsAndTable, runScript } from './run-script.ts';

await runScript('migrations', main);

async function main(): Promise<number> {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: { only: { type: 'string' }, diffs: { type: 'boolean' } },
  });
  const [mirrors, file] = mirrorsAndTable(
    positionals,
    'npm run migrations -- MIRRORS TABLE [--only TEXT] [--diffs]',
  );
  const rows = readTable(readFileSync(file, 'utf8')).filter(row =>
    checkoutName(row).includes(values.only ?? ''),
  );
  const parser = await startParser(await loadAssets());
  const checkouts: Checkout[] = [];
  for (const [i, row] of rows.entries()) {
    const made = await bumpAll(row, mirrors, parser);
    const name = checkoutName(row);
    checkouts.push(made);
    const done = made.trials.filter(trial => trial.plan).length;
    const position = `${String(i + 1).padStart(3)}/${rows.length}`;
    console.error(`${position} ${name}  ${done} of ${made.trials.length}`);
    for (const { module, refused, faults, plan } of made.trials) {
      if (refused) console.error(`      ${module.dir} ${module.name}: refused: ${refused}`);
      for (const fault of faults)
        console.error(`      ${module.dir} ${module.name}: WRONG ${fault}`);
      if (values.diffs && plan) console.log(`# ${name} ${module.dir}\n${unifiedDiff(plan)}`);
    }
  }
  const page = migrationsPage(checkouts);
  if (values.only === undefined) writeFileSync('docs/migrations.md', page);
  else console.error(page.split('\n').find(line => / modules in /.test(line)) ?? '');
  return checkouts.some(c => c.trials.some(t => t.faults.length > 0)) ? 1 : 0;
}

/** Every module that has a ConsensusVersion in the repository, bumped on its own. */
async function bumpAll(row: Row, mirrors: string, parser: GoParser): Promise<Checkout> {
  const git = join(mirrors, row.repository.replace('/', '+'), 'repo');
  if (!existsSync(git)) return { row, absent: 'no such repository here', trials: [] };
  const repo = await loadRepo(
    gitFiles(git, row.commit, () => undefined),
    parser,
  );
  const analysis = analyse(repo);
  const { chain } = analysis;
  const trials =
    chain.apps.length === 0
      ? []
      : chain.modules.filter(m => m.versionPlace).map(module => tryMigration(analysis, module));
  const written = trials.filter(t => t.plan);
  const opinions = written.length ? secondOpinion(repo, written) : [];
  return {
    row,
    trials: trials.map(t =>
      t.plan ? { ...t, faults: [...t.faults, ...opinions[written.indexOf(t)]!] } : t,
    ),
  };
}
