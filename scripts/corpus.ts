/**
 * `npm run corpus -- MIRRORS TABLE`: reads real chains out of bare git repositories
 * (MIRRORS/<owner>+<name>/repo) at the commits of a table, tries new upgrades on them in memory,
 * and writes the numbers into docs/corpus.md. Nothing of the chains is written anywhere.
 * `--only TEXT` takes the checkouts whose name holds the text and leaves the page alone; `--diffs`
 * prints what would be written into them.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { startParser } from '../core/go/syntax/parser.ts';
import { unifiedDiff } from '../host/commands/show.ts';
import { loadAssets } from '../host/disk/assets.ts';
import { reasonOf } from '../host/errors.ts';
import { hasGofmt } from './corpus/gofmt.ts';
import { outcomes, results } from './corpus/page.ts';
import { withSection } from './corpus/section.ts';
import type { Study } from './corpus/study.ts';
import { study } from './corpus/study.ts';
import { checkoutName, readTable } from './corpus/table.ts';
import { failures, verdictOf } from './corpus/verdicts.ts';
import { mirrorsAndTable, runScript } from './run-script.ts';

const page = 'docs/corpus.md';

await runScript('corpus', main);

async function main(): Promise<number> {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: { only: { type: 'string' }, diffs: { type: 'boolean' } },
  });
  if (!hasGofmt()) throw new Error('gofmt is needed to check what would be written; install Go');
  const [mirrors, file] = mirrorsAndTable(
    positionals,
    'npm run corpus -- MIRRORS TABLE [--only TEXT] [--diffs]',
  );
  const rows = tableIn(file).filter(row => checkoutName(row).includes(values.only ?? ''));
  if (rows.length === 0) throw new Error(`no checkout of the table holds "${values.only}"`);
  const parser = await startParser(await loadAssets());
  const start = performance.now();
  const studies: Study[] = [];
  for (const [i, row] of rows.entries()) {
    const made = await study(row, mirrors, parser);
    studies.push(made);
    console.error(`${String(i + 1).padStart(3)}/${rows.length} ${progress(made)}`);
    if (values.diffs) printPlans(made);
  }
  if (values.only !== undefined) console.log(results(studies));
  else writeFileSync(page, withSection(readFileSync(page, 'utf8'), 'corpus', results(studies)));
  const failed = studies.filter(made => made.crash ?? failures(made)[0]).length;
  const seconds = ((performance.now() - start) / 1000).toFixed(0);
  console.error(
    `${studies.length} checkouts in ${seconds} s; ${failed} with a crash or a failed check` +
      (values.only === undefined ? `; ${page} is written` : ''),
  );
  return failed > 0 ? 1 : 0;
}

/** Every plan that was offered, as a patch. */
function printPlans({ row, trials }: Study): void {
  for (const { app, variant, plan } of trials) {
    if (!plan || plan.refused) continue;
    console.log(`# ${checkoutName(row)} ${app} (${variant})`);
    console.log(plan.notes.map(note => `# ${note}\n`).join('') + unifiedDiff(plan));
  }
}

function tableIn(file: string): ReturnType<typeof readTable> {
  try {
    return readTable(readFileSync(file, 'utf8'));
  } catch (error) {
    throw new Error(`${file}: ${reasonOf(error)}`);
  }
}

function progress(made: Study): string {
  const { row, understood, absent, crash, trials, ms } = made;
  const name = checkoutName(row);
  if (!understood) return `${name}  ${absent ?? `CRASH ${crash}`}`;
  const right = verdictOf(made);
  const mark = (ok: boolean, found: readonly string[], expected: string) =>
    ok ? found.join() : `${found.join() || 'none'} (expected ${expected})`;
  const styles = [
    mark(right.sdk, understood.generations, row.sdk),
    mark(right.registration, understood.registration, row.registration),
    mark(right.stores, understood.storeStyle, row.stores),
  ];
  return [
    name,
    ...styles,
    outcomes(trials),
    `${(ms / 1000).toFixed(1)} s`,
    ...failures(made).map(
      ({ variant, reason, faults }) => `\n      ${variant}: ${reason ?? ''} ${faults.join('; ')}`,
    ),
  ].join('  ');
}
