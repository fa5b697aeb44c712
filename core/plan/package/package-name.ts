import { basename, dirname, join } from '../../files.ts';
import type { Repo } from '../../go/repo/repo.ts';
import type { Registration } from '../../wiring/style.ts';
import { nameOf } from '../upgrade/neighbour.ts';
import { packageIdentifier, respell } from './naming.ts';

/** Where a new upgrade's package goes and how it is called. */
export interface PackageName {
  readonly dir: string;
  readonly name: string;
}

/**
 * Folder and package clause of the new upgrade, spelt like those of its neighbours; `neighbours`
 * are the upgrades to follow, newest first.
 */
export function packageName(
  repo: Repo,
  name: string,
  neighbours: readonly Registration[],
): PackageName {
  const [neighbour] = neighbours;
  const folder = respeltLike(neighbours, name, r => basename(r.package)) ?? packageIdentifier(name);
  const clause =
    respeltLike(neighbours, name, r => clauseOf(repo, r.package)) ?? packageIdentifier(folder);
  return { dir: join(dirname(neighbour!.package), folder), name: packageIdentifier(clause) };
}

/**
 * A text of the first neighbour with the new name in it; where that one's does not spell its own
 * name, a text of the next that does. Undefined where none does.
 */
function respeltLike(
  neighbours: readonly Registration[],
  name: string,
  textOf: (registration: Registration) => string,
): string | undefined {
  const [first, ...others] = neighbours.map(r => ({ name: nameOf(r), text: textOf(r) }));
  return (
    respell(first!, name, others) ??
    others.map(other => respell(other, name)).find(text => text !== undefined)
  );
}

/**
 * The alias of an import whose folder is not called like its package, or looks like a major version
 * (`…/v2`, where goimports writes one too); undefined where none is needed. `bare`: the neighbour's
 * import has none, though its folder looks like a version.
 */
export function needsAlias({ dir, name }: PackageName, bare = false): string | undefined {
  const isFolder = basename(dir) === name;
  return isFolder && (bare || !/^v\d+$/.test(name)) ? undefined : name;
}

function clauseOf(repo: Repo, dir: string): string {
  return repo.filesOf(dir)[0]?.package ?? basename(dir);
}
