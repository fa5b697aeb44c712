/**
 * `npm run large-state [-- KEYS …]`: rehearses the example chain on states that are large: 100,000
 * accounts with 2,000 validators, and stores of 20,000 to 1,000,000 keys, all of which a migration
 * reads. Prints times and memory of each, and how they grow with the keys; exits 1 where the rehearsal
 * grows more than in proportion, or the upgrade block more than the depth of its tree explains
 * (docs/performance.md). It takes minutes: for a nightly job.
 */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sizeWords } from '../core/rehearse/report/words.ts';
import type { Rehearsal } from '../core/rehearse/result.ts';
import { GoChain } from '../test/go/chain.ts';
import { History } from '../test/support/git.ts';
import { projectRoot } from '../test/support/root.ts';
import { writeFiles } from '../test/support/temp.ts';
import { runScript } from './run-script.ts';
import { missingGo } from './test/suites.ts';

const plan = 'v3';
const usualCounts = [20_000, 100_000, 1_000_000];
/** What a block that takes a fraction of a second on the smallest state may differ by. */
const noise = 1.25;
/** What a state has; the test that makes it reads them from its environment. */
type Contents = Readonly<Record<string, string>>;

await runScript('large-state', async () => main());

function main(): number {
  const missing = missingGo();
  if (missing !== undefined) throw new Error(missing);
  const asked = process.argv.slice(2).map(Number);
  if (asked.some(count => !(count > 0))) throw new Error('give numbers of keys, or nothing');
  const work = mkdtempSync(join(tmpdir(), 'chain-upgrade-large-'));
  const [old, chain] = [new GoChain('0.50'), chainToUpgrade()];
  try {
    const rehearse = (name: string, contents: Contents) =>
      rehearsed(chain.dir, homeWith(old, join(work, name), contents), work);
    report('many accounts', rehearse('accounts', { ACCOUNTS: '100000', VALIDATORS: '2000' }));
    const counts = asked.length > 0 ? asked : usualCounts;
    const results = counts.map(count => {
      const result = rehearse(`keys-${count}`, { MARKS: String(count) });
      report(`${count} keys`, result);
      return { count, result };
    });
    return judge(results);
  } finally {
    old.remove();
    chain.remove();
    rmSync(work, { recursive: true, force: true, maxRetries: 5 });
  }
}

/** The example chain with a migration that reads every mark in the store. */
function chainToUpgrade(): GoChain {
  const chain = new GoChain('0.50');
  const history = new History(chain.dir);
  history.commit('v2.0.0');
  chain.develop();
  history.commit();
  chain.chainUpgrade('new', plan, '--renamed', 'box=crate', '--yes');
  return chain.with('incidents');
}

function homeWith(old: GoChain, dir: string, contents: Contents): string {
  const began = Date.now();
  old.runBlocks('TestMakesBlocks', dir, plan, contents);
  writeFiles(dir, {
    'config/genesis.json': JSON.stringify({ chain_id: 'tiny-2', app_state: {} }),
  });
  console.log(`made in ${seconds(Date.now() - began)} s: ${JSON.stringify(contents)}`);
  return dir;
}

function rehearsed(dir: string, state: string, work: string): Rehearsal {
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    [
      join(projectRoot, 'dist/bundle/main.js'),
      ...['rehearse', '--dir', dir, '--state', state, '--yes', '--format', 'json'],
    ],
    {
      encoding: 'utf8',
      env: { ...process.env, CHAIN_UPGRADE_CACHE: join(work, 'cache') },
      maxBuffer: 64 << 20,
    },
  );
  if (status !== 0) throw new Error(`the rehearsal did not pass: ${stderr}${stdout}`);
  rmSync(join(work, 'cache/rehearse/homes'), { recursive: true, force: true });
  return JSON.parse(stdout) as Rehearsal;
}

function report(name: string, { steps, cost }: Rehearsal): void {
  const times = steps.map(({ name: step, ms }) => `${step} ${seconds(ms)}`).join(', ');
  const { finalizeMs, commitMs, peakBytes } = cost!;
  const block = `upgrade block ${seconds(finalizeMs)} + ${seconds(commitMs)} s`;
  const memory = peakBytes === null ? '' : `, ${sizeWords(peakBytes)}`;
  console.log(`${name}: ${block}${memory}; ${times} (seconds)`);
}

/**
 * How much more the largest takes than the smallest. The upgrade block is the chain's own work: it
 * reads each key from a tree, whose depth grows with the logarithm of its keys.
 */
function judge(results: readonly { count: number; result: Rehearsal }[]): number {
  const [small, large] = [results[0]!, results.at(-1)!];
  const keys = large.count / small.count;
  const reads = keys * (Math.log(large.count) / Math.log(small.count));
  const figures: readonly Growth[] = [
    { name: 'states', figure: result => stepMs(result, 'states'), most: keys },
    { name: 'all steps after the builds', figure: allSteps, most: keys },
    { name: 'memory', figure: ({ cost }) => cost!.peakBytes ?? 0, most: keys },
    { name: 'the upgrade block', figure: ({ cost }) => cost!.finalizeMs, most: reads * noise },
  ];
  const within = figures.map(({ name, figure, most }) => {
    const times = figure(large.result) / figure(small.result);
    const fits = times <= most;
    console.log(
      `growth of ${name}: ${times.toFixed(1)} times for ${keys.toFixed(0)} times the keys, ` +
        `limit ${most.toFixed(1)}${fits ? '' : ' OVER'}`,
    );
    return fits;
  });
  const kept = within.filter(Boolean).length;
  console.log(`${kept} of ${within.length} within their limits`);
  return kept === within.length ? 0 : 1;
}

/** A figure of a rehearsal, and how many times as large it may become. */
interface Growth {
  readonly name: string;
  readonly figure: (result: Rehearsal) => number;
  readonly most: number;
}

function stepMs({ steps }: Rehearsal, wanted: string): number {
  return steps.filter(({ name }) => name === wanted).reduce((sum, { ms }) => sum + ms, 0);
}

function allSteps({ steps }: Rehearsal): number {
  return steps.filter(({ name }) => !name.startsWith('build')).reduce((sum, { ms }) => sum + ms, 0);
}

function seconds(ms: number): string {
  return (ms / 1000).toFixed(2);
}
