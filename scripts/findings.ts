/**
 * `npm run findings -- MIRRORS TABLE`: lints every checkout of a table, read out of bare git
 * repositories (MIRRORS/<owner>+<name>/repo), each against the release before it, and prints what
 * is found: one line a finding, `checkout TAB severity TAB rule TAB place TAB message`.
 * `--only TEXT` takes the checkouts whose name holds the text.
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { startParser } from '../core/go/syntax/parser.ts';
import { fullMessage } from '../core/lint/diagnostic.ts';
import { loadAssets } from '../host/disk/assets.ts';
import { reasonOf } from '../host/errors.ts';
import { lintCommit } from './corpus/lint-commit.ts';
import { checkoutName, readTable } from './corpus/table.ts';
import { mirrorsAndTable, runScript } from './run-script.ts';

await runScript('findings', main);

async function main(): Promise<number> {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: { only: { type: 'string' } },
  });
  const [mirrors, file] = mirrorsAndTable(
    positionals,
    'npm run findings -- MIRRORS TABLE [--only TEXT]',
  );
  const rows = readTable(readFileSync(file, 'utf8')).filter(row =>
    checkoutName(row).includes(values.only ?? ''),
  );
  const parser = await startParser(await loadAssets());
  let crashes = 0;
  for (const row of rows) {
    const name = checkoutName(row);
    try {
      const { problems, base, reason, ms } = await lintCommit(
        join(mirrors, row.repository.replace('/', '+'), 'repo'),
        row.commit,
        undefined,
        parser,
      );
      const errors = problems.filter(problem => problem.severity === 'error').length;
      const warnings = problems.filter(problem => problem.severity === 'warning').length;
      const against = base ?? `no baseline: ${reason}`;
      const counts = `${errors} errors, ${warnings} warnings`;
      console.error(`${name}  ${against}  ${counts}  ${Math.round(ms)} ms`);
      for (const problem of problems) {
        const { severity, rule, location } = problem;
        const place = `${location.file}:${location.line}`;
        const message = fullMessage(problem).replaceAll('\n', '; ');
        console.log([name, severity, rule, place, message].join('\t'));
      }
    } catch (error) {
      crashes++;
      console.error(`${name}  CRASH ${reasonOf(error)}`);
    }
  }
  return crashes > 0 ? 1 : 0;
}
