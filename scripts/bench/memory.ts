import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import type { Target } from './targets.ts';

/** The smaller of a few runs: what happens to lie around when the process ends is no need. */
const runs = 2;

/** The peak resident size of a process that reads the target's chains, in that of one that only parses their texts. */
export function measureMemory(target: Target): number {
  return peak('read', target) / peak('parse', target);
}

function peak(what: 'read' | 'parse', { roots }: Target): number {
  const sizes = Array.from({ length: runs }, () => {
    const { status, stdout, stderr } = spawnSync(process.execPath, [fileURLToPath(new URL('peak.js', import.meta.url)), what, ...roots], { encoding: 'utf8' });
    if (status !== 0) throw new Error(`measuring the memory of ${roots[0]} failed: ${stderr.trim()}`);
    return Number(stdout);
  });
  return Math.min(...sizes);
}
