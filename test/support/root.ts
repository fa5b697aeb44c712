import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The project's folder, wherever the compiled tests lie below it. */
export const projectRoot = above(dirname(fileURLToPath(import.meta.url)));

function above(dir: string): string {
  if (existsSync(join(dir, 'package.json'))) return dir;
  if (dirname(dir) === dir) throw new Error('no package.json above the tests');
  return above(dirname(dir));
}
