import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, renameSync, rmSync, utimesSync } from 'node:fs';
import { join } from 'node:path';
import { failure } from '../../host/errors.ts';
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
  const folder = join(rehearsalFolder(), 'programs', key);
  const program = join(folder, name);
  if (existsSync(program)) {
    utimesSync(folder, new Date(), new Date());
    return program;
  }
  const half = `${folder}.${process.pid}`;
  try {
    mkdirSync(half, { recursive: true });
    await build(join(half, name));
    renameSync(half, folder);
  } catch (error) {
    // Another rehearsal was faster.
    if (!existsSync(program)) throw failure(`the program ${name} cannot be built`, error);
  } finally {
    rmSync(half, { recursive: true, force: true });
  }
  return program;
}
