/**
 * `npm run pairs -- MIRRORS TABLE`: mistakes that real chains made and mended. Each is linted at
 * the commit that has it, where the rule must speak, and at the commit that mended it, where it
 * must be silent; both read out of bare git repositories (MIRRORS/<owner>+<name>/repo). The table
 * is written into docs/corpus.md. `--only TEXT` takes the pairs that hold the text and leaves the
 * page alone.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { startParser } from '../core/go/syntax/parser.ts';
import { loadAssets } from '../host/disk/assets.ts';
import type { Linted } from './corpus/lint-commit.ts';
import { lintCommit } from './corpus/lint-commit.ts';
import { pairsTable } from './corpus/pairs-page.ts';
import { readPairs } from './corpus/pairs-table.ts';
import { withSection } from './corpus/section.ts';
import { mirrorsAndTable, runScript } from './run-script.ts';

await runScript('pairs', main);

async function main(): Promise<number> {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: { only: { type: 'string' } },
  });
  const [mirrors, file] = mirrorsAndTable(
    positionals,
    'npm run pairs -- MIRRORS TABLE [--only TEXT]',
  );
  const pairs = readPairs(readFileSync(file, 'utf8')).filter(pair =>
    JSON.stringify(pair).includes(values.only ?? ''),
  );
  const parser = await startParser(await loadAssets());
  const results = [];
  for (const pair of pairs) {
    const git = join(mirrors, pair.repository.replace('/', '+'), 'repo');
    const named = pair.baseline === 'default' ? undefined : pair.baseline;
    const bad = await lintCommit(git, pair.bad, named, parser);
    const good =
      pair.good === undefined ? undefined : await lintCommit(git, pair.good, named, parser);
    const hits = (linted: Linted) => linted.problems.filter(p => pair.rules.includes(p.rule));
    const ok =
      hits(bad).length > 0 &&
      (good === undefined || hits(good).filter(p => p.severity !== 'info').length === 0);
    results.push({ pair, bad, good, ok });
    const what = `${pair.repository} ${pair.bad} ${pair.rules.join('|')}`;
    console.error(`${ok ? 'ok  ' : 'FAIL'} ${what}  (${bad.base ?? bad.reason})`);
    const show = (which: string, linted: Linted) => {
      for (const { severity, rule, location, message } of linted.problems) {
        const wanted = values.only !== undefined || (!ok && severity !== 'info');
        if (!wanted) continue;
        const mark = pair.rules.includes(rule) ? '*' : ' ';
        const where = `${location.file}:${location.line}`;
        console.error(`       ${which} ${mark} ${where} ${severity} ${rule} ${message}`);
      }
    };
    show('bad ', bad);
    if (good) show('good', good);
  }
  const right = results.filter(r => r.ok).length;
  console.error(`${right} of ${results.length} pairs right`);
  if (values.only === undefined)
    writeFileSync(
      'docs/corpus.md',
      withSection(readFileSync('docs/corpus.md', 'utf8'), 'pairs', pairsTable(results)),
    );
  return right === results.length ? 0 : 1;
}
