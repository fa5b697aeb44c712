import { spawnSync } from 'node:child_process';
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** One place that the oracle found. */
export interface Found {
  readonly file: string;
  readonly line: number;
  readonly text?: string;
  readonly value: number;
}

/** What the oracle sees below a folder (`test/go/oracle`). */
export interface Report {
  readonly folder: string;
  readonly upgradeHandlers: readonly Found[];
  readonly storeLoaders: readonly Found[];
  readonly storeUpgrades: readonly Found[];
  readonly consensusVersions: readonly Found[];
  readonly migrations: readonly Found[];
  readonly elements: readonly Found[];
  readonly registers: readonly Found[];
}

/** The kinds of places that are compared. */
export type Kind =
  | 'upgradeHandlers'
  | 'storeLoaders'
  | 'storeUpgrades'
  | 'consensusVersions'
  | 'migrations';

let binary: string | undefined;

/**
 * Builds the oracle once and runs it on a folder. Throws where Go is missing or the oracle fails.
 */
export function askOracle(folder: string): Report {
  binary ??= build();
  const { status, stdout, stderr, error } = spawnSync(binary, [folder], {
    encoding: 'utf8',
    maxBuffer: 1 << 28,
  });
  if (status !== 0) throw new Error(`the oracle failed: ${error?.message ?? stderr}`);
  return JSON.parse(stdout) as Report;
}

function build(): string {
  const target = join(mkdtempSync(join(tmpdir(), 'oracle-')), 'oracle');
  const { status, stderr, error } = spawnSync('go', ['build', '-o', target, '.'], {
    cwd: 'test/go/oracle',
    encoding: 'utf8',
  });
  if (status !== 0) throw new Error(`Go is needed for the oracle: ${error?.message ?? stderr}`);
  return target;
}
