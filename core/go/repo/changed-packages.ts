import { memoize } from './memoize.ts';
import type { Repo } from './repo.ts';

/**
 * The folders of the packages that differ from another state of the repository by a file, or that
 * it does not have.
 */
function changedPackages(now: Repo, then: Repo): ReadonlySet<string> {
  const compared = memoize(now, 'changed packages', () => new WeakMap<Repo, ReadonlySet<string>>());
  const known = compared.get(then);
  if (known) return known;
  const found = new Set<string>();
  for (const [dir, { files }] of now.packages) {
    const others = then.packages.get(dir)?.files;
    const isSame =
      others?.length === files.length && files.every(path => now.hasSameText(path, then));
    if (!isSame) found.add(dir);
  }
  compared.set(then, found);
  return found;
}

/**
 * Whether the packages in some folders say the same in both states: their files are the same, and
 * those of all packages of the repository that they import, directly or not.
 */
export function saysTheSame(now: Repo, then: Repo, dirs: readonly string[]): boolean {
  const changed = changedPackages(now, then);
  return dirs.every(dir =>
    now.packages.has(dir)
      ? [...now.layout.closure(dir)].every(one => !changed.has(one))
      : !then.packages.has(dir),
  );
}
