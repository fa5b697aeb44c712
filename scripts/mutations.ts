/**
 * `npm run mutations -- MIRRORS TABLE`: breaks the newest upgrade of each chain's HEAD in a table
 * in every way that applies, one at a time, and looks whether the right rule reports it. The
 * baseline is the same commit without that upgrade and without the stores it adds. Then it gives
 * the chain the version guard, and eras, and breaks these. Writes two tables into docs/corpus.md.
 * `--only TEXT` takes the checkouts whose name holds the text and leaves the page alone; `--grown`
 * breaks guards and eras alone, and writes their table.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import type { Analysis } from '../core/chain/analysis.ts';
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
import { guarded, withEras } from './corpus/grown.ts';
import { eraOperators } from './corpus/operators/eras.ts';
import { guardOperators } from './corpus/operators/guard.ts';
import type { Changes, Operator } from './corpus/operators/operator.ts';
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

/** An app, its baseline, what is found in it as it is, and the ways in which it is broken. */
interface Trial {
  readonly label: string;
  readonly repo: Repo;
  readonly base: Baseline;
  readonly before: ReadonlySet<string>;
  readonly mutants: Iterable<Mutant>;
}

/** A way in which an app is broken, and what it then is. */
interface Mutant {
  readonly operator: Named;
  readonly changes: Changes | undefined;
}

/** An operator, whatever it works on. */
type Named = Pick<Operator, 'name' | 'rules' | 'informs'>;

const grownOperators: readonly Named[] = [...guardOperators, ...eraOperators];

const usage = 'npm run mutations -- MIRRORS TABLE [--only TEXT] [--grown]';

await runScript('mutations', main);

async function main(): Promise<number> {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: { only: { type: 'string' }, grown: { type: 'boolean' } },
  });
  const [mirrors, file] = mirrorsAndTable(positionals, usage);
  const rows = readTable(readFileSync(file, 'utf8')).filter(
    row => row.ref.startsWith('HEAD') && checkoutName(row).includes(values.only ?? ''),
  );
  const parser = await startParser(await loadAssets());
  const isGrownOnly = values.grown === true;
  const plain = emptyTally(isGrownOnly ? [] : operators);
  const grown = emptyTally(grownOperators);
  for (const row of rows) {
    const git = join(mirrors, row.repository.replace('/', '+'), 'repo');
    const repo = await loadRepo(
      gitFiles(git, row.commit, () => {}),
      parser,
    );
    const label = checkoutName(row);
    if (!isGrownOnly) for (const trial of trialsOf(repo, label)) tryAll(trial, plain);
    for (const trial of grownTrialsOf(repo, label)) tryAll(trial, grown);
  }
  const tallies = isGrownOnly ? [grown] : [plain, grown];
  for (const fault of tallies.flatMap(({ faults }) => faults)) console.error(`REPAIR  ${fault}`);
  console.error(summaryOf(tallies));
  if (values.only === undefined) {
    let page = readFileSync('docs/corpus.md', 'utf8');
    if (!isGrownOnly) page = withSection(page, 'mutations', tableOf(plain, operators));
    page = withSection(page, 'grown mutations', tableOf(grown, grownOperators));
    writeFileSync('docs/corpus.md', page);
  }
  const { made, reported } = totalOf(tallies);
  const isFaulty = tallies.some(({ faults }) => faults.length > 0);
  return isFaulty || reported < made * 0.99 ? 1 : 0;
}

function emptyTally(all: readonly Named[]): Tally {
  const counts = new Map(all.map(({ name }) => [name, { made: 0, reported: 0 }]));
  return { counts, faults: [], fixes: 0 };
}

/** The apps whose newest upgrade can be taken out, which gives their baseline. */
function trialsOf(repo: Repo, label: string): Trial[] {
  const analysis = analyse(repo);
  return analysis.chain.apps.flatMap(app => {
    const cut = withoutUpgrade(analysis, app);
    if (!cut) return [];
    const base = { ref: 'base', merged: true, repo: cut.repo, chain: readChain(cut.repo) };
    const given = { ...analysis, app, newest: cut.newest };
    const where = `${label} ${app.dir} "${cut.newest.name}"`;
    return [trialOf(where, given, base, mutantsOf(operators, given))];
  });
}

/** The apps with the version guard and with eras, where these are not refused. */
function* grownTrialsOf(repo: Repo, label: string): Iterable<Trial> {
  const analysis = analyse(repo);
  for (const app of analysis.chain.apps) {
    const trials = [
      ['guard', guarded(analysis, app), guardOperators],
      ['eras', withEras(analysis, app), eraOperators],
    ] as const;
    for (const [what, given, all] of trials)
      if (given)
        yield trialOf(`${label} ${app.dir} ${what}`, given, given.base, mutantsOf(all, given));
  }
}

function* mutantsOf<Given>(all: readonly Operator<Given>[], given: Given): Iterable<Mutant> {
  for (const operator of all) yield { operator, changes: operator.breaks(given) };
}

function trialOf(
  label: string,
  analysis: Analysis,
  base: Baseline,
  mutants: Iterable<Mutant>,
): Trial {
  const before = new Set(lint(analysis, { bases: [base] }).map(keyWithFile));
  return { label, repo: analysis.repo, base, before, mutants };
}

function tryAll(trial: Trial, tally: Tally): void {
  for (const { operator, changes } of trial.mutants)
    if (changes) tryMutant(trial, operator, trial.repo.with(changes.texts()), tally);
}

/** Looks what is found in a chain that was broken in one way, and tries the fixes of that. */
function tryMutant(
  { label, base, before }: Trial,
  operator: Named,
  mutant: Repo,
  tally: Tally,
): void {
  const found = lint(analyse(mutant), { bases: [base] }).filter(
    diagnostic =>
      (diagnostic.severity !== 'info' || operator.informs === true) &&
      !before.has(keyWithFile(diagnostic)),
  );
  const right = found.filter(({ rule }) => operator.rules.includes(rule));
  const count = tally.counts.get(operator.name)!;
  count.made++;
  if (right.length > 0) count.reported++;
  else {
    const rules = found.map(({ rule }) => rule).join(', ') || 'nothing';
    console.error(`MISSED  ${label}: ${operator.name}; found ${rules}`);
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

function totalOf(tallies: readonly Tally[]): Count {
  const total = { made: 0, reported: 0 };
  for (const { made, reported } of tallies.flatMap(({ counts }) => [...counts.values()])) {
    total.made += made;
    total.reported += reported;
  }
  return total;
}

function summaryOf(tallies: readonly Tally[]): string {
  const { made, reported } = totalOf(tallies);
  const counts = tallies.flatMap(tally => [...tally.counts.values()]);
  const applied = counts.filter(count => count.made > 0).length;
  const fixes = tallies.reduce((sum, tally) => sum + tally.fixes, 0);
  const faults = tallies.flatMap(tally => tally.faults).length;
  return (
    `${reported} of ${made} mutants reported by the right rule, ${applied} operators; ` +
    `${fixes} repairs tried, ${faults} at fault`
  );
}

/** The part of the page that is derived. */
function tableOf(tally: Tally, all: readonly Named[]): string {
  const { made, reported } = totalOf([tally]);
  const verdict =
    tally.faults.length === 0
      ? 'each takes its finding away, brings no new one, ' +
        'and leaves a file that was as gofmt wants it so'
      : `${tally.faults.length} at fault`;
  const rows = all.map(({ name, rules }) => {
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
