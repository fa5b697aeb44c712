import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Rehearsal } from '../../core/rehearse/result.ts';
import { GoChain } from '../../test/go/chain.ts';
import { History } from '../../test/support/git.ts';
import { projectRoot } from '../../test/support/root.ts';
import { checkOut } from '../builds/checkout.ts';

/** Prints a figure with its limit. */
type Print = (name: string, figure: number, limit: number) => void;

/** Two releases of a chain that are rehearsed. */
interface Pair {
  readonly name: string;
  /** As its mirror's folder is called. */
  readonly mirror: string;
  readonly from: string;
  readonly to: string;
  /** Its own command, where `go build` needs something besides. */
  readonly build?: string;
}

const pairs: readonly Pair[] = [
  { name: 'allora', mirror: 'allora-network+allora-chain', from: 'v0.5.0', to: 'v0.6.0' },
  { name: 'gaia', mirror: 'cosmos+gaia', from: 'v18.1.0', to: 'v19.2.0' },
  {
    name: 'xpla',
    mirror: 'xpladev+xpla',
    from: 'v1.7.1',
    to: 'v1.8.0',
    // Embedded, and made by another step of its build.
    build:
      'mkdir -p docs/static && touch docs/static/openapi.yml && ' +
      'go build -o "$OUTPUT" ./cmd/xplad',
  },
];

const rounds = 5;
/** Seconds: from the first block to the last of those that follow the upgrade. */
const runSteps = ['start', 'propose', 'halt', 'upgrade', 'restart', 'repeat', 'blocks'];
/** What is compared and tried besides. */
const compareSteps = ['compare', 'states', 'rescue'];
/** What both ways do. */
const commonSteps = ['home', 'start', 'propose', 'halt', 'upgrade', 'restart', 'compare'];

/**
 * Rehearses a chain, driven and by a validator in turns, and prints the medians: seconds of the run
 * and of what is compared, and the time of what both ways do in that of the validator. Without
 * `mirrors` the example chain is rehearsed; a mirror that is not there is skipped, and that is said.
 */
export function measureRehearsals(mirrors: string | undefined, print: Print): void {
  const work = mkdtempSync(join(tmpdir(), 'chain-upgrade-bench-'));
  try {
    if (mirrors === undefined) {
      const chain = exampleChain();
      try {
        measure('example', chain.dir, [], { work, limit: 2, print });
      } finally {
        chain.remove();
      }
      return;
    }
    for (const pair of pairs) {
      const mirror = join(mirrors, pair.mirror);
      if (!existsSync(mirror)) {
        console.log(`bench rehearse/${pair.name} not run: ${mirror} is not there`);
        continue;
      }
      const nested = join(mirror, 'repo');
      const checkout = checkOut(existsSync(nested) ? nested : mirror, pair.to);
      try {
        const args = ['--from', pair.from, ...(pair.build ? ['--build', pair.build] : [])];
        measure(pair.name, checkout.dir, args, { work, limit: 5, print });
      } finally {
        checkout.remove();
      }
    }
  } finally {
    rmSync(work, { recursive: true, force: true, maxRetries: 5 });
  }
}

/** The example chain on SDK 0.50, as its tests upgrade it. */
function exampleChain(): GoChain {
  const chain = new GoChain('0.50');
  const history = new History(chain.dir);
  history.commit('v2.0.0');
  chain.develop();
  history.commit();
  chain.chainUpgrade('new', 'v3', '--renamed', 'box=crate', '--yes');
  return chain;
}

function measure(
  name: string,
  dir: string,
  args: readonly string[],
  { work, limit, print }: { work: string; limit: number; print: Print },
): void {
  const cache = join(work, 'cache');
  const run = (...more: string[]) => {
    // A halted home that was kept would spare half of it.
    rmSync(join(cache, 'rehearse/homes'), { recursive: true, force: true });
    return rehearsed(dir, cache, [...args, ...more]);
  };
  run();
  const times = Array.from({ length: rounds }, () => ({
    driven: run(),
    validator: run('--validator'),
  }));
  const median = (figure: (time: (typeof times)[number]) => number) =>
    times.map(figure).sort((a, b) => a - b)[Math.floor(rounds / 2)]!;
  print(
    `rehearse/run/${name}`,
    median(({ driven }) => secondsOf(driven, runSteps)),
    limit,
  );
  print(
    `rehearse/compare/${name}`,
    median(({ driven }) => secondsOf(driven, compareSteps)),
    3,
  );
  print(
    `rehearse/ratio/${name}`,
    median(
      ({ driven, validator }) => secondsOf(driven, commonSteps) / secondsOf(validator, commonSteps),
    ),
    0.5,
  );
}

function rehearsed(dir: string, cache: string, args: readonly string[]): Rehearsal {
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    [
      join(projectRoot, 'dist/bundle/main.js'),
      ...['rehearse', '--dir', dir, '--yes', '--format', 'json', ...args],
    ],
    {
      encoding: 'utf8',
      env: { ...process.env, CHAIN_UPGRADE_CACHE: cache },
      maxBuffer: 64 << 20,
    },
  );
  if (status !== 0) throw new Error(`the rehearsal of ${dir} did not pass: ${stderr}${stdout}`);
  return JSON.parse(stdout) as Rehearsal;
}

function secondsOf({ steps }: Rehearsal, names: readonly string[]): number {
  const some = steps.filter(({ name }) => names.includes(name));
  return some.reduce((sum, { ms }) => sum + ms, 0) / 1000;
}
