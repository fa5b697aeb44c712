/**
 * `npm run mutations -- MIRRORS TABLE`: breaks the newest upgrade of each chain's HEAD in a table
 * in every way that applies, one at a time, and looks whether the right rule reports it. The
 * baseline is the same commit without that upgrade and without the stores it adds. Writes a table
 * into docs/corpus.md. `--only TEXT` takes the checkouts whose name holds the text and leaves the
 * page alone.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { analyse, readChain } from '../core/chain/analysis.ts';
import type { Baseline } from '../core/chain/baseline.ts';
import type { Repo } from '../core/go/repo/repo.ts';
import { loadRepo } from '../core/go/repo/repo.ts';
import { brokenAt } from '../core/go/source/broken.ts';
import { startParser } from '../core/go/syntax/parser.ts';
import type { Diagnostic } from '../core/lint/diagnostic.ts';
import { fullMessage } from '../core/lint/diagnostic.ts';
import { fixEdits } from '../core/lint/fix.ts';
import { lint } from '../core/lint/lint.ts';
import type { SuggestedFix } from '../core/lint/rule.ts';
import { loadAssets } from '../host/disk/assets.ts';
import { gitFiles } from '../host/git/git-files.ts';
import { gofmtFaults } from './corpus/gofmt.ts';
import { operators } from './corpus/operators.ts';
import { checkoutName, readTable } from './corpus/table.ts';
import { withoutUpgrade } from './corpus/without-upgrade.ts';
import { mirrorsAndTable, runScript } from './run-script.ts';

/** How many repairs were tried. */
let repairs = 0;

await runScript('mutations', main);

async function main(): Promise<number> {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: { only: { type: 'string' } },
  });
  const [mirrors, file] = mirrorsAndTable(
    positionals,
    'npm run mutations -- MIRRORS TABLE [--only TEXT]',
  );
  const rows = readTable(readFileSync(file, 'utf8')).filter(
    row => row.ref.startsWith('HEAD') && checkoutName(row).includes(values.only ?? ''),
  );
  const parser = await startParser(await loadAssets());
  const tally = new Map(operators.map(o => [o.name, { made: 0, reported: 0 }]));
  const faults: string[] = [];
  for (const row of rows) {
    const repo = await loadRepo(
      gitFiles(join(mirrors, row.repository.replace('/', '+'), 'repo'), row.commit, () => {}),
      parser,
    );
    const analysis = analyse(repo);
    const { chain } = analysis;
    for (const app of chain.apps) {
      const cut = withoutUpgrade(repo, chain, app);
      if (!cut) continue;
      const base = { ref: 'base', merged: true, repo: cut.repo, chain: readChain(cut.repo) };
      const before = new Set(
        lint(analysis, { bases: [base] }).map(
          p => `${p.rule} ${p.location.file} ${fullMessage(p)}`,
        ),
      );
      for (const operator of operators) {
        const changes = operator.breaks({ repo, chain, app, newest: cut.newest, base: cut.repo });
        if (!changes) continue;
        const mutant = repo.with(changes.texts());
        const found = lint(analyse(mutant), { bases: [base] }).filter(
          p =>
            p.severity !== 'info' && !before.has(`${p.rule} ${p.location.file} ${fullMessage(p)}`),
        );
        const hit = found.some(p => operator.rules.includes(p.rule));
        const count = tally.get(operator.name)!;
        count.made++;
        if (hit) count.reported++;
        else
          console.error(
            `MISSED  ${checkoutName(row)} ${app.dir} "${cut.newest.name}": ${operator.name}; found ${found.map(p => p.rule).join(', ') || 'nothing'}`,
          );
        for (const problem of found.filter(p => operator.rules.includes(p.rule)))
          for (const fix of problem.fixes)
            faults.push(
              ...repair(
                mutant,
                base,
                problem,
                fix,
                p =>
                  operator.rules.includes(p.rule) ||
                  before.has(`${p.rule} ${p.location.file} ${fullMessage(p)}`),
              ).map(fault => `${checkoutName(row)} ${operator.name}: ${fix.title}: ${fault}`),
            );
      }
    }
  }
  for (const fault of faults) console.error(`REPAIR  ${fault}`);
  const made = [...tally.values()].reduce((n, t) => n + t.made, 0);
  const reported = [...tally.values()].reduce((n, t) => n + t.reported, 0);
  console.error(
    `${reported} of ${made} mutants reported by the right rule, ${[...tally.values()].filter(t => t.made > 0).length} operators; ${repairs} repairs tried, ${faults.length} at fault`,
  );
  const table = `\n${reported} of ${made} mutants are reported by the right rule. ${repairs} repairs were tried on them: ${faults.length === 0 ? 'each takes its finding away, brings no new one, and leaves a file that was as gofmt wants it so' : `${faults.length} at fault`}.\n\n| what is broken | rule | mutants | reported |\n| --- | --- | --- | --- |\n${operators.map(o => `| ${o.name} | ${o.rules.join(' or ')} | ${tally.get(o.name)!.made} | ${tally.get(o.name)!.reported} |\n`).join('')}\n`;
  if (values.only === undefined) {
    const page = readFileSync('docs/corpus.md', 'utf8');
    const open = '<!-- mutations -->\n';
    const close = '<!-- /mutations -->\n';
    const [from, to] = [page.indexOf(open), page.indexOf(close)];
    if (from < 0 || to < from)
      throw new Error(`docs/corpus.md has no ${open.trim()} … ${close.trim()}`);
    writeFileSync('docs/corpus.md', `${page.slice(0, from)}${open}${table}${page.slice(to)}`);
  }
  return faults.length > 0 || reported < made * 0.99 ? 1 : 0;
}

/**
 * What is wrong with a repair: a file that does not parse, or is no longer gofmt's, the finding
 * still there, a new one.
 */
function repair(
  repo: Repo,
  base: Baseline,
  problem: Diagnostic,
  fix: SuggestedFix,
  expected: (problem: Diagnostic) => boolean,
): string[] {
  repairs++;
  const edits = fixEdits(repo, fix);
  const after = repo.with(edits.map(e => [e.file, e.after] as const));
  const key = (p: Diagnostic) => `${p.rule} ${fullMessage(p)}`;
  const left = lint(analyse(after), { bases: [base] });
  const known = new Set(lint(analyse(repo), { bases: [base] }).map(key));
  return [
    ...(edits.length === 0 ? ['it changes nothing'] : []),
    ...edits.flatMap(({ file }) =>
      file.endsWith('.go') && brokenAt(after.facts(file)!) !== undefined
        ? [`${file} does not parse`]
        : [],
    ),
    // What was broken on purpose need not have been gofmt's own.
    ...gofmtFaults(edits.filter(e => e.file.endsWith('.go'))).filter(
      fault => !fault.includes('a line that was written'),
    ),
    ...(left.some(p => key(p) === key(problem)) ? ['the finding is still there'] : []),
    ...left
      .filter(p => p.severity !== 'info' && !known.has(key(p)) && !expected(p))
      .map(p => `new: ${p.rule} ${p.location.file}:${p.location.line}`),
  ];
}
