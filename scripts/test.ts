/**
 * `npm test`: the suites one after another, each with its result and time, and one line that sums
 * up. `npm test -- [SUITE|FILE…] [--grep TEXT] [--coverage]` runs only these suites, these test
 * files (or folders of them), or the tests whose titles hold TEXT.
 */
import { reasonOf } from '../host/errors.ts';
import type { Coverage } from './test/coverage.ts';
import { recordCoverage } from './test/coverage.ts';
import type { Outcome } from './test/run-suite.ts';
import { runSuite } from './test/run-suite.ts';
import type { Selection } from './test/selection.ts';
import { readSelection } from './test/selection.ts';
import type { Run } from './test/suites.ts';
import { availableSuites } from './test/suites.ts';

const write = (text: string) => process.stdout.write(text);

const selection = selected();
if (selection) process.exitCode = await runAll(selection);

function selected(): Selection | undefined {
  const root = process.cwd();
  const cwd = process.env['INIT_CWD'] ?? root;
  try {
    return readSelection(process.argv.slice(2), availableSuites(), { root, cwd });
  } catch (error) {
    console.error(`npm test: ${reasonOf(error)}`);
    process.exitCode = 2;
    return undefined;
  }
}

/** Runs what was selected and gives the exit code. */
async function runAll({ runs, coverage, grep }: Selection): Promise<number> {
  const rows: string[] = [];
  let passed = 0;
  let failed = 0;
  for (const run of runs) {
    console.log(`\n── ${run.name}`);
    const start = Date.now();
    const outcome = coverage ? await runCovered(run) : await runOne(run);
    passed += outcome.passed;
    failed += outcome.failed;
    const seconds = `${((Date.now() - start) / 1000).toFixed(1)} s`;
    rows.push(`${run.name.padEnd(10)}${seconds.padStart(9)}   ${outcome.said}`);
  }
  console.log(`\n${rows.join('\n')}\n`);
  if (grep !== undefined && passed + failed === 0) {
    console.log(`no title holds "${grep}"`);
    failed = 1;
  }
  console.log(`${passed} passed, ${failed} failed`);
  return failed > 0 ? 1 : 0;
}

function runOne(run: Run, coverage?: Coverage): Promise<Outcome> {
  return runSuite(run, process.env['CI'] === 'true', write, coverage?.env);
}

/** Runs a suite and prints which share of the product's code it reached. */
async function runCovered(run: Run): Promise<Outcome> {
  const coverage = recordCoverage();
  try {
    const outcome = await runOne(run, coverage);
    console.log(coverage.summary());
    return outcome;
  } finally {
    coverage.remove();
  }
}
