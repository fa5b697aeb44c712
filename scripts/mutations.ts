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
import type { Case, Operator } from './corpus/operators/operator.ts';
import { operators } from './corpus/operators.ts';
import { withSection } from './corpus/section.ts';
import { checkoutName, readTable } from './corpus/table.ts';
import { withoutUpgrade } from './corpus/without-upgrade.ts';
import { mirrorsAndTable, runScript } from './run-script.ts';

/** What happened to the mutants of one operator. */
interface Count {
  made: number;
  reported: number;
}

/** What came out of all mutants. */
interface Tally {
  readonly counts: ReadonlyMap<string, Count>;
  /** What is wrong with fixes, a line each. */
  readonly faults: string[];
  fixes: number;
}

/** An app with its newest upgrade, its baseline, and what is found in it as it is. */
interface Trial {
  readonly label: string;
  readonly given: Case;
  readonly base: Baseline;
  readonly before: ReadonlySet<string>;
}

const usage = 'npm run mutations -- MIRRORS TABLE [--only TEXT]';

await runScript('mutations', main);

async function main(): Promise<number> {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: { only: { type: 'string' } },
  });
  const [mirrors, file] = mirrorsAndTable(positionals, usage);
  const rows = readTable(readFileSync(file, 'utf8')).filter(
    row => row.ref.startsWith('HEAD') && checkoutName(row).includes(values.only ?? ''),
  );
  const parser = await startParser(await loadAssets());
  const tally: Tally = {
    counts: new Map(operators.map(({ name }) => [name, { made: 0, reported: 0 }])),
    faults: [],
    fixes: 0,
  };
  for (const row of rows) {
    const git = join(mirrors, row.repository.replace('/', '+'), 'repo');
    const repo = await loadRepo(
      gitFiles(git, row.commit, () => {}),
      parser,
    );
    for (const trial of trialsOf(repo, checkoutName(row)))
      for (const operator of operators) tryOperator(trial, operator, tally);
  }
  for (const fault of tally.faults) console.error(`REPAIR  ${fault}`);
  const { made, reported } = totalOf(tally);
  console.error(summaryOf(tally));
  if (values.only === undefined) {
    const page = readFileSync('docs/corpus.md', 'utf8');
    writeFileSync('docs/corpus.md', withSection(page, 'mutations', tableOf(tally)));
  }
  return tally.faults.length > 0 || reported < made * 0.99 ? 1 : 0;
}

/** The apps whose newest upgrade can be taken out, which gives their baseline. */
function trialsOf(repo: Repo, label: string): Trial[] {
  const analysis = analyse(repo);
  return analysis.chain.apps.flatMap(app => {
    const cut = withoutUpgrade(analysis, app);
    if (!cut) return [];
    const base = { ref: 'base', merged: true, repo: cut.repo, chain: readChain(cut.repo) };
    const before = new Set(lint(analysis, { bases: [base] }).map(keyWithFile));
    return [{ label, given: { ...analysis, app, newest: cut.newest }, base, before }];
  });
}

/** Breaks the upgrade in one way, looks what is found, and tries the fixes of that. */
function tryOperator(
  { label, given, base, before }: Trial,
  operator: Operator,
  tally: Tally,
): void {
  const changes = operator.breaks(given);
  if (!changes) return;
  const mutant = given.repo.with(changes.texts());
  const found = lint(analyse(mutant), { bases: [base] }).filter(
    diagnostic => diagnostic.severity !== 'info' && !before.has(keyWithFile(diagnostic)),
  );
  const right = found.filter(({ rule }) => operator.rules.includes(rule));
  const count = tally.counts.get(operator.name)!;
  count.made++;
  if (right.length > 0) count.reported++;
  else {
    const where = `${label} ${given.app.dir} "${given.newest.name}"`;
    const rules = found.map(({ rule }) => rule).join(', ') || 'nothing';
    console.error(`MISSED  ${where}: ${operator.name}; found ${rules}`);
  }
  const expected = (diagnostic: Diagnostic) =>
    operator.rules.includes(diagnostic.rule) || before.has(keyWithFile(diagnostic));
  for (const diagnostic of right) {
    for (const fix of diagnostic.fixes) {
      tally.fixes++;
      const faults = fixFaults(mutant, base, diagnostic, fix, expected);
      for (const fault of faults)
        tally.faults.push(`${label} ${operator.name}: ${fix.title}: ${fault}`);
    }
  }
}

function keyOf(diagnostic: Diagnostic): string {
  return `${diagnostic.rule} ${fullMessage(diagnostic)}`;
}

function keyWithFile(diagnostic: Diagnostic): string {
  return `${diagnostic.rule} ${diagnostic.location.file} ${fullMessage(diagnostic)}`;
}

function totalOf({ counts }: Tally): Count {
  const total = { made: 0, reported: 0 };
  for (const { made, reported } of counts.values()) {
    total.made += made;
    total.reported += reported;
  }
  return total;
}

function summaryOf(tally: Tally): string {
  const { made, reported } = totalOf(tally);
  const applied = [...tally.counts.values()].filter(count => count.made > 0).length;
  return (
    `${reported} of ${made} mutants reported by the right rule, ${applied} operators; ` +
    `${tally.fixes} repairs tried, ${tally.faults.length} at fault`
  );
}

/** The part of the page that is derived. */
function tableOf(tally: Tally): string {
  const { made, reported } = totalOf(tally);
  const verdict =
    tally.faults.length === 0
      ? 'each takes its finding away, brings no new one, ' +
        'and leaves a file that was as gofmt wants it so'
      : `${tally.faults.length} at fault`;
  const rows = operators.map(({ name, rules }) => {
    const count = tally.counts.get(name)!;
    return `| ${name} | ${rules.join(' or ')} | ${count.made} | ${count.reported} |\n`;
  });
  return (
    `\n${reported} of ${made} mutants are reported by the right rule. ` +
    `${tally.fixes} repairs were tried on them: ${verdict}.\n\n` +
    '| what is broken | rule | mutants | reported |\n| --- | --- | --- | --- |\n' +
    `${rows.join('')}\n`
  );
}

/**
 * What is wrong with a fix: a file that does not parse, or is no longer gofmt's, the finding still
 * there, a new one.
 */
function fixFaults(
  repo: Repo,
  base: Baseline,
  diagnostic: Diagnostic,
  fix: SuggestedFix,
  expected: (diagnostic: Diagnostic) => boolean,
): string[] {
  const edits = fixEdits(repo, fix);
  const goEdits = edits.filter(({ file }) => file.endsWith('.go'));
  const after = repo.with(edits.map(edit => [edit.file, edit.after] as const));
  const left = lint(analyse(after), { bases: [base] });
  const known = new Set(lint(analyse(repo), { bases: [base] }).map(keyOf));
  const broken = goEdits.filter(({ file }) => brokenAt(after.facts(file)!) !== undefined);
  // What was broken on purpose need not have been gofmt's own.
  const unformatted = gofmtFaults(goEdits).filter(
    fault => !fault.includes('a line that was written'),
  );
  const isNew = (one: Diagnostic) =>
    one.severity !== 'info' && !known.has(keyOf(one)) && !expected(one);
  const fresh = left.filter(isNew);
  return [
    ...(edits.length === 0 ? ['it changes nothing'] : []),
    ...broken.map(({ file }) => `${file} does not parse`),
    ...unformatted,
    ...(left.some(one => keyOf(one) === keyOf(diagnostic)) ? ['the finding is still there'] : []),
    ...fresh.map(({ rule, location }) => `new: ${rule} ${location.file}:${location.line}`),
  ];
}
