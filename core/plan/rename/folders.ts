import { basename, dirname, join } from '../../files.ts';
import { buildsOfName } from '../../go/source/file-builds.ts';
import { Refusal } from '../../refusal.ts';
import { importPathOf } from '../package/import-path.ts';
import type { Named } from '../package/naming.ts';
import { packageIdentifier, respell } from '../package/naming.ts';
import type { PackageName } from '../package/package-name.ts';
import { packageName } from '../package/package-name.ts';
import type { MovedSources } from '../plan-input.ts';
import { refuseExisting } from '../refuse-existing.ts';
import { nameOf } from '../upgrade/neighbour.ts';
import { byHabit, spells } from './habits.ts';
import type { RenamedPlan } from './renamed-plan.ts';

/** A folder that is moved with its plan's name, and its package. */
export interface MovedFolder {
  readonly from: PackageName & { readonly path: string };
  readonly to: PackageName & { readonly path: string };
}

/** The plan's own folders whose name, or whose package's, follows the plan's. */
export function movedFolders(plan: RenamedPlan): MovedFolder[] {
  const found = plan.ownDirs.flatMap(dir => movedFolder(plan, dir) ?? []);
  for (const { from } of found) {
    const outer = found.find(other => from.dir.startsWith(`${other.from.dir}/`));
    if (outer)
      throw new Refusal(
        `${outer.from.dir} and ${from.dir} are both named for ${plan.from}; move one by hand first`,
        { file: from.dir },
      );
  }
  return found;
}

function movedFolder(plan: RenamedPlan, dir: string): MovedFolder | undefined {
  const { repo } = plan;
  const clause = repo.filesOf(dir)[0]?.package;
  if (clause === undefined) return undefined;
  const was = { dir, name: clause };
  const to = byNeighbours(plan, was) ?? byItself(plan, was);
  if (to.dir === dir && to.name === clause) return undefined;
  const path = importPathOf(repo, dir);
  const newPath = `${path.slice(0, path.length - basename(dir).length)}${basename(to.dir)}`;
  return { from: { ...was, path }, to: { ...to, path: newPath } };
}

/** As New Upgrade names it beside the other upgrades, where it named the folder so before. */
function byNeighbours(plan: RenamedPlan, was: PackageName): PackageName | undefined {
  const { repo, from, to, others, app } = plan;
  const neighbours = others.filter(one => one.package !== app.dir && one.package !== was.dir);
  if (neighbours.length === 0) return undefined;
  const expected = packageName(repo, from, neighbours);
  if (basename(expected.dir) !== basename(was.dir)) return undefined;
  const named = packageName(repo, to, neighbours);
  return {
    dir: join(dirname(was.dir), basename(named.dir)),
    name: expected.name === was.name ? named.name : byItself(plan, was).name,
  };
}

/** By the spelling that it has of its own name; as it is where it does not spell it. */
function byItself({ from, to }: RenamedPlan, { dir, name }: PackageName): PackageName {
  const folder = basename(dir);
  const respelt = (text: string) =>
    text === packageIdentifier(from)
      ? packageIdentifier(to)
      : (respell({ name: from, text }, to) ?? text);
  const clause = respelt(name);
  return {
    dir: join(dirname(dir), respelt(folder)),
    name: clause === name ? name : packageIdentifier(clause),
  };
}

/** A file and where it goes; `text` where the repository does not hold it. */
export interface FileMove {
  readonly from: string;
  readonly to: string;
  readonly text?: string;
}

/**
 * Where every file of the moved folders goes. Throws `Refusal` where something is at the new place,
 * or a file there cannot be moved with certainty.
 */
export function folderMoves(
  plan: RenamedPlan,
  folders: readonly MovedFolder[],
  sources: MovedSources | undefined,
): FileMove[] {
  const { repo } = plan;
  const paths = [...new Set([...repo.texts.keys(), ...(sources?.paths ?? [])])].sort();
  return folders.flatMap(({ from, to }) => {
    if (from.dir !== to.dir) refuseExisting(paths, to.dir);
    return paths
      .filter(path => path.startsWith(`${from.dir}/`))
      .flatMap(path => {
        const file = join(to.dir, movedName(plan, path.slice(from.dir.length + 1)));
        return file === path ? [] : [fileMove(plan, path, file, sources)];
      });
  });
}

function fileMove(
  { repo }: RenamedPlan,
  from: string,
  to: string,
  sources: MovedSources | undefined,
): FileMove {
  if (repo.texts.has(from)) return { from, to };
  if (from.endsWith('.go'))
    throw new Refusal(
      `${from} is generated, and names the package of its folder; change what generates it, and move it by hand`,
      { file: from },
    );
  const text = sources?.texts.get(from);
  if (text === undefined)
    throw new Refusal(`${from} is no text that could be moved; move it out of the folder first`, {
      file: from,
    });
  return { from, to, text };
}

/**
 * What a Go file of the plan's own is called: its name follows where it spells the plan's, and builds
 * take it in as before. Others are named by code that embeds or reads them.
 */
export function movedName(plan: RenamedPlan, file: string): string {
  const name = basename(file);
  if (!name.endsWith('.go') || !spells(name, plan)) return file;
  const named =
    byHabit(name, plan, otherFiles(plan)) ?? respell({ name: plan.from, text: name }, plan.to);
  const isBuiltAlike = named !== undefined && buildsOfName(named) === buildsOfName(name);
  return isBuiltAlike ? join(dirname(file), named) : file;
}

/** What the files of the other upgrades are called. */
function otherFiles({ repo, others }: RenamedPlan): Named[] {
  return others.flatMap(one =>
    [...repo.texts.keys()]
      .filter(path => dirname(path) === one.package)
      .map(path => ({ name: nameOf(one), text: basename(path) })),
  );
}
