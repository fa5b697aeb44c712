import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import type { Print } from './linting.ts';

/** Other work on the machine only adds: the best counts. */
const runs = 7;

/** Measures how long the extension takes until it is active, and until its engine is loaded. */
export function measureActivation(print: Print): void {
  const times = Array.from({ length: runs }, () => {
    const { status, stdout, stderr } = spawnSync(
      process.execPath,
      [fileURLToPath(new URL('activate-once.js', import.meta.url))],
      { encoding: 'utf8' },
    );
    if (status !== 0) throw new Error(`the extension did not start: ${stderr.trim()}`);
    return JSON.parse(stdout) as { activated: number; loaded: number };
  });
  print('activation-ms', Math.min(...times.map(({ activated }) => activated)), 50);
  print('engine-ms', Math.min(...times.map(({ loaded }) => loaded)), 200);
}
