import { spawnSync } from 'node:child_process';
import { generations } from '../../test/go/generations.ts';
import { missingGo, suiteArgs } from './suites.ts';

/**
 * Runs a suite for the SDK generations that were asked for, all where none was, and ends with its
 * exit code; 2 where it cannot run.
 */
export function runByGeneration(suite: string, env: Readonly<Record<string, string>> = {}): void {
  const asked = process.argv.slice(2);
  const unknown = asked.filter(one => !generations.some(known => known === one));
  const wrong =
    unknown.length > 0
      ? `There is no example chain on ${unknown.join(', ')}. ` +
        `Name some of: ${generations.join(', ')}.`
      : missingGo();
  if (wrong !== undefined) {
    console.error(wrong);
    process.exitCode = 2;
    return;
  }
  const start = Date.now();
  const { status } = spawnSync(process.execPath, suiteArgs(suite), {
    stdio: 'inherit',
    env: { ...process.env, ...env, GENERATIONS: (asked.length > 0 ? asked : generations).join() },
  });
  console.log(`${((Date.now() - start) / 1000).toFixed(1)} s`);
  process.exitCode = status ?? 2;
}
