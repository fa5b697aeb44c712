/**
 * `npm test`: the suites one after another, each with its result and time, and one line that sums up.
 * `npm test -- unit go` runs only those.
 */
import { spawn } from 'node:child_process';
import { availableSuites } from './test/suites.ts';
import type { Suite } from './test/suites.ts';

interface Outcome { readonly passed: number; readonly failed: number; readonly said: string }

const asked = process.argv.slice(2);
const suites = availableSuites();
const unknown = asked.filter(name => !suites.some(suite => suite.name === name));
if (unknown.length > 0) {
  console.error(`There is no suite ${unknown.join(', ')}. Name some of: ${suites.map(suite => suite.name).join(', ')}.`);
  process.exit(2);
}

const rows: string[] = [];
let passed = 0, failed = 0;
for (const suite of suites.filter(({ name }) => asked.length === 0 || asked.includes(name))) {
  console.log(`\n── ${suite.name}`);
  const start = Date.now();
  const outcome = await runSuite(suite);
  passed += outcome.passed;
  failed += outcome.failed;
  rows.push(`${suite.name.padEnd(10)}${`${((Date.now() - start) / 1000).toFixed(1)} s`.padStart(9)}   ${outcome.said}`);
}
console.log(`\n${rows.join('\n')}\n\n${passed} passed, ${failed} failed`);
process.exitCode = failed > 0 ? 1 : 0;

/** What this machine lacks is a reason on a developer's machine and a failure in CI. */
async function runSuite(suite: Suite): Promise<Outcome> {
  const missing = await suite.missing();
  if (missing === undefined) return start(suite);
  if (process.env['CI'] === 'true') return { passed: 0, failed: 1, said: `failed: ${missing}` };
  return { passed: 0, failed: 0, said: `not run: ${missing}` };
}

/** A suite is a process whose last line says `N passed, N failed`; one that ends without it, or badly, has failed. */
async function start(suite: Suite): Promise<Outcome> {
  const child = spawn(process.execPath, suite.args, { stdio: ['ignore', 'pipe', 'inherit'], timeout: suite.minutes * 60_000 });
  let tail = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    process.stdout.write(text);
    tail = (tail + text).slice(-200);
  });
  const [status, signal] = await new Promise<[number | null, string | null]>(done => child.once('close', (...end) => done(end)));
  const counts = /(\d+) passed, (\d+) failed\s*$/.exec(tail);
  const good = Number(counts?.[1] ?? 0), bad = Number(counts?.[2] ?? 0);
  if (status === 0 && bad === 0 && good > 0) return { passed: good, failed: 0, said: `${good} passed` };
  const why = signal !== null ? `stopped by ${signal} (its limit is ${suite.minutes} min)` : counts ? '' : `ended with ${status} and no count`;
  const more = good + bad === 0 ? 'no test ran' : '';
  return { passed: good, failed: Math.max(bad, 1), said: [`${good} passed, ${Math.max(bad, 1)} failed`, why, more].filter(Boolean).join('; ') };
}
