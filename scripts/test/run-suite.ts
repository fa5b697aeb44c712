import { spawn } from 'node:child_process';
import type { Suite } from './suites.ts';

/** How a suite ended, and that in words. */
export interface Outcome {
  readonly passed: number;
  readonly failed: number;
  readonly said: string;
}

/**
 * Runs a suite, passing on what it says. What this machine lacks is a reason on a developer's
 * machine and a failure in CI.
 */
export async function runSuite(
  suite: Suite,
  inCI: boolean,
  tell: (text: string) => void,
): Promise<Outcome> {
  const missing = await suite.missing();
  if (missing === undefined) return start(suite, tell);
  return inCI
    ? { passed: 0, failed: 1, said: `failed: ${missing}` }
    : { passed: 0, failed: 0, said: `not run: ${missing}` };
}

/**
 * A suite is a process whose last line says `N passed, N failed`; one that ends without it, or
 * badly, has failed.
 */
async function start(suite: Suite, tell: (text: string) => void): Promise<Outcome> {
  const child = spawn(process.execPath, suite.args, {
    stdio: ['ignore', 'pipe', 'inherit'],
    timeout: suite.minutes * 60_000,
  });
  let tail = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    tell(text);
    tail = (tail + text).slice(-200);
  });
  const [status, signal] = await new Promise<[number | null, string | null]>(done =>
    child.once('close', (...end) => done(end)),
  );
  const counts = /(\d+) passed, (\d+) failed\s*$/.exec(tail);
  const passed = Number(counts?.[1] ?? 0);
  const failed = Number(counts?.[2] ?? 0);
  const why =
    signal !== null
      ? `stopped by ${signal} (its limit is ${suite.minutes} min)`
      : !counts
        ? `ended with ${status} and no count`
        : passed + failed === 0
          ? 'no test ran'
          : status !== 0 && failed === 0
            ? `ended with ${status}`
            : '';
  if (why === '' && failed === 0) return { passed, failed, said: `${passed} passed` };
  const worst = Math.max(failed, 1);
  return {
    passed,
    failed: worst,
    said: [`${passed} passed, ${worst} failed`, why].filter(Boolean).join('; '),
  };
}
