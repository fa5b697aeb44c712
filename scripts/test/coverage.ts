import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

/** What the coverage of a run is measured on: what we ship, not tests and scripts. */
const measured = 'dist/{core,host,rehearse,operate,cli,extension,generators}/**/*.js';

/** A run's coverage, which Node itself records while the run has `env` in its environment. */
export interface Coverage {
  readonly env: Readonly<Record<string, string>>;
  /** The summary: how many statements, branches, functions and lines were reached. */
  summary(): string;
  /** Removes what was recorded. */
  remove(): void;
}

/** Records the coverage of one run. */
export function recordCoverage(): Coverage {
  const dir = mkdtempSync(join(tmpdir(), 'chain-upgrade-coverage-'));
  return {
    env: { NODE_V8_COVERAGE: dir },
    summary: () => summaryOf(dir),
    remove: () => rmSync(dir, { recursive: true, force: true }),
  };
}

function summaryOf(dir: string): string {
  const c8 = join(dirname(createRequire(import.meta.url).resolve('c8')), 'bin/c8.js');
  const options = ['--temp-directory', dir, '--reporter', 'text-summary', '--include', measured];
  const { stdout, stderr } = spawnSync(process.execPath, [c8, 'report', ...options], {
    encoding: 'utf8',
  });
  return stdout.trim() || `no coverage: ${stderr.trim()}`;
}
