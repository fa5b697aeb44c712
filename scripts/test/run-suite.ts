import { spawn } from 'node:child_process';
import type { Run } from './suites.ts';

/** How a suite ended, and that in words. */
export interface Outcome {
  readonly passed: number;
  readonly failed: number;
  readonly said: string;
}

/** How the process of a suite ended. */
interface Ending {
  readonly status: number | null;
  readonly signal: string | null;
  /** The last characters that it wrote. */
  readonly tail: string;
}

/**
 * Runs a suite, passing on what it writes. What this machine lacks is a reason on a developer's
 * machine and a failure in CI. `env` is added to its environment.
 */
export async function runSuite(
  suite: Run,
  inCI: boolean,
  write: (text: string) => void,
  env: Readonly<Record<string, string>> = {},
): Promise<Outcome> {
  const missing = await suite.missing();
  if (missing === undefined) return outcomeOf(suite, await start(suite, write, env));
  return inCI
    ? { passed: 0, failed: 1, said: `failed: ${missing}` }
    : { passed: 0, failed: 0, said: `not run: ${missing}` };
}

async function start(
  suite: Run,
  write: (text: string) => void,
  env: Readonly<Record<string, string>>,
): Promise<Ending> {
  const child = spawn(process.execPath, suite.args, {
    stdio: ['ignore', 'pipe', 'inherit'],
    timeout: suite.minutes * 60_000,
    env: { ...process.env, ...env },
  });
  let tail = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    write(text);
    tail = (tail + text).slice(-200);
  });
  const [status, signal] = await new Promise<[number | null, string | null]>(done =>
    child.once('close', (...end) => done(end)),
  );
  return { status, signal, tail };
}

/**
 * The last line of a suite says `N passed, N failed`; one that ends without it, or badly, has
 * failed.
 */
function outcomeOf(suite: Run, ending: Ending): Outcome {
  const counts = /(\d+) passed, (\d+) failed\s*$/.exec(ending.tail);
  const passed = Number(counts?.[1] ?? 0);
  const failed = Number(counts?.[2] ?? 0);
  const why = counts ? badEnd(suite, ending, passed, failed) : brokenOff(suite, ending);
  if (why === undefined && failed === 0) {
    const none = passed === 0;
    return { passed, failed, said: none ? 'no title matches' : `${passed} passed` };
  }
  const worst = Math.max(failed, 1);
  const numbers = `${passed} passed, ${worst} failed`;
  return { passed, failed: worst, said: why === undefined ? numbers : `${numbers}; ${why}` };
}

/** Why a suite failed that gave no count. */
function brokenOff(suite: Run, { status, signal }: Ending): string {
  return signal === null ? `ended with ${status} and no count` : stoppedBy(suite, signal);
}

/** Why a suite failed although its count has no failure, or besides. */
function badEnd(
  suite: Run,
  { status, signal }: Ending,
  passed: number,
  failed: number,
): string | undefined {
  if (signal !== null) return stoppedBy(suite, signal);
  if (passed + failed === 0 && !suite.mayBeEmpty) return 'no test ran';
  if (status !== 0 && failed === 0) return `ended with ${status}`;
  return undefined;
}

function stoppedBy(suite: Run, signal: string): string {
  return `stopped by ${signal} (its limit is ${suite.minutes} min)`;
}
