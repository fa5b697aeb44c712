import { basename, dirname, join } from '../../files.ts';
import type { Repo } from '../../go/repo/repo.ts';
import type { Registration } from '../../wiring/style.ts';
import { nameOf } from '../upgrade/neighbour.ts';
import type { Named } from './naming.ts';
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
  const folders = neighbours.map(r => ({ name: nameOf(r), text: basename(r.package) }));
  const clauses = neighbours.map(r => clauseOf(repo, r.package));
  const byPlan = folders.map((each, i) => ({ ...each, text: clauses[i]! }));
  const byFolder = folders.map(({ text }, i) => ({ name: text, text: clauses[i]! }));
  const folder =
    respeltLike(folders, name) ?? separatedLike(folders, name) ?? packageIdentifier(name);
  const clause =
    respeltLike(byPlan, name) ??
    separatedLike(byPlan, name) ??
    separatedLike(byFolder, folder) ??
    packageIdentifier(folder);
  return { dir: join(dirname(neighbour!.package), folder), name: packageIdentifier(clause) };
}

/**
 * A text of the first neighbour with the new name in it; where that one's does not spell its own
 * name, a text of the next that does. Undefined where none does.
 */
function respeltLike(neighbours: readonly Named[], name: string): string | undefined {
  const [first, ...others] = neighbours;
  return (
    respell(first!, name, others) ??
    others.map(other => respell(other, name)).find(text => text !== undefined)
  );
}

/**
 * The new name with the separators that neighbours' texts have in place of those of their names,
 * as `drs7` has none of `drs-7`. Undefined where no text is its name but for separators.
 */
function separatedLike(neighbours: readonly Named[], name: string): string | undefined {
  // A name without separators shows nothing.
  for (const neighbour of neighbours.filter(each => /[^A-Za-z0-9]/.test(each.name))) {
    const separator = ['', '_', '-', '.'].find(
      each => separated(neighbour.name, each) === neighbour.text,
    );
    if (separator !== undefined) return separated(name, separator);
  }
  return undefined;
}

function separated(name: string, separator: string): string {
  return name.toLowerCase().replace(/[^a-z0-9]+/g, separator);
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
