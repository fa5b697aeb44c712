/**
 * `npm run oracle -- MIRRORS TABLE`: a second opinion on how chains are read and written. A small
 * Go program that shares nothing with this package's reader (`test/go/oracle`) counts
 * registrations, store loaders, StoreUpgrades, ConsensusVersions and migrations in each checkout of
 * the table, and again after a new upgrade was written. Each difference is explained in
 * docs/oracle.md, or the script ends with 1. `--only TEXT` takes some checkouts and only prints.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { startParser } from '../core/go/syntax/parser.ts';
import { loadAssets } from '../host/disk/assets.ts';
import { checkoutName, readTable } from './corpus/table.ts';
import type { Judgement } from './oracle/judge.ts';
import { judge } from './oracle/judge.ts';
import { oraclePage, unexplained } from './oracle/page.ts';
import { mirrorsAndTable, runScript } from './run-script.ts';

await runScript('oracle', main);

async function main(): Promise<number> {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: { only: { type: 'string' } },
  });
  const [mirrors, file] = mirrorsAndTable(
    positionals,
    'npm run oracle -- MIRRORS TABLE [--only TEXT]',
  );
  const rows = readTable(readFileSync(file, 'utf8')).filter(row =>
    checkoutName(row).includes(values.only ?? ''),
  );
  if (rows.length === 0) throw new Error(`no checkout of the table holds "${values.only}"`);
  const parser = await startParser(await loadAssets());
  const judged: Judgement[] = [];
  for (const [i, row] of rows.entries()) {
    const made = await judge(row, mirrors, parser);
    judged.push(made);
    const open = unexplained(made);
    const position = `${String(i + 1).padStart(3)}/${rows.length}`;
    const differences = made.comparison?.differences.length ?? 0;
    console.error(
      `${position} ${checkoutName(row)}  ` +
        `${differences} differences, ${open.length} unexplained` +
        open.map(line => `\n      ${line}`).join(''),
    );
  }
  if (values.only === undefined) writeFileSync('docs/oracle.md', oraclePage(judged));
  return judged.some(made => unexplained(made).length > 0) ? 1 : 0;
}
