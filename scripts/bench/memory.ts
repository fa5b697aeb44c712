import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import type { Released } from './released.ts';
import type { Target } from './targets.ts';

/** The smaller of a few runs: what happens to lie around when the process ends is no need. */
const runs = 2;

/**
 * The peak resident size of a process that reads the target's chains, in that of one that only
 * parses their texts.
 */
export function measureMemory({ roots }: Target): number {
  return peak('read', ...roots) / peak('parse', ...roots);
}

/**
 * The peak resident size of a process that lints a chain with its baseline, in that of one that
 * only parses the texts of both trees.
 */
export function measureLintMemory({ root, commit }: Released): number {
  return peak('lint', root, commit) / peak('parse-both', root, commit);
}

/** The peak resident size, in kilobytes, of a process of `peak.ts` with these arguments. */
export function peak(...args: readonly string[]): number {
  const sizes = Array.from({ length: runs }, () => {
    const { status, stdout, stderr } = spawnSync(
      process.execPath,
      [fileURLToPath(new URL('peak.js', import.meta.url)), ...args],
      { encoding: 'utf8' },
    );
    if (status !== 0)
      throw new Error(`measuring the memory of ${args[1]} failed: ${stderr.trim()}`);
    return Number(stdout);
  });
  return Math.min(...sizes);
}
