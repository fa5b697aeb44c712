import { existsSync } from 'node:fs';

/**
 * A file that is installed with this program, by its path from the package's root: the nearest
 * folder above with a package.json, whether this code runs from a file of its own or from a bundle.
 */
export function packageFile(path: string): URL {
  let root = new URL('.', import.meta.url);
  while (!existsSync(new URL('package.json', root))) {
    const above = new URL('..', root);
    if (above.href === root.href) throw new Error('no package.json lies above the program');
    root = above;
  }
  return new URL(path, root);
}
