import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, rmSync, utimesSync } from 'node:fs';
import { join } from 'node:path';
import { settle, sweepHalves } from '../build.ts';
import { rehearsalFolder } from '../rehearsal-folder.ts';

/**
 * The path of a small program that was built before, or that `build` makes now: it gets the path
 * where it belongs. `from` is all that it depends on.
 */
export async function keptProgram(
  name: string,
  from: readonly unknown[],
  build: (path: string) => Promise<void>,
): Promise<string> {
  const key = createHash('sha256')
    .update(JSON.stringify([1, from, process.platform, process.arch]))
    .digest('hex')
    .slice(0, 32);
  const store = join(rehearsalFolder(), 'programs');
  const folder = join(store, key);
  const program = join(folder, name);
  if (existsSync(program)) {
    utimesSync(folder, new Date(), new Date());
    return program;
  }
  const half = `${folder}.${process.pid}`;
  try {
    mkdirSync(half, { recursive: true });
    await build(join(half, name));
    settle(half, folder);
  } finally {
    rmSync(half, { recursive: true, force: true });
  }
  sweepHalves(store);
  return program;
}
