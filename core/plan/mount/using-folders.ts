import { appFolders } from '../../chain/app/app-code.ts';
import { importClosure, isForTests } from '../../wiring/call-sites.ts';
import type { Removal } from './removal.ts';
import { folderOfModule, isInModule } from './removal.ts';

/**
 * The folders whose code may use what an app holds: those that it is wired in, and those that import
 * it, directly or not, such as commands. Without the module's own, whose code stays, and without
 * those for tests.
 */
export function foldersThatUse({ repo, app, module }: Removal): string[] {
  const own = folderOfModule(repo, module);
  const below = app.dir === '' ? '' : `${app.dir}/`;
  const importing = [...repo.packages.keys()].filter(dir => {
    const relative = dir.startsWith(below) ? dir.slice(below.length) : dir;
    return !isForTests(relative) && importClosure(repo, dir).has(app.dir);
  });
  const all = new Set([...appFolders(repo, app.dir), ...importing]);
  return [...all].filter(dir => !isInModule(dir, own));
}
