import type { Analysis } from '../../chain/analysis.ts';
import { speaksOf } from '../../chain/baseline.ts';
import type { App } from '../../chain/chain.ts';
import { readGuardOf } from '../../chain/guard.ts';
import type { FileSource } from '../../files.ts';
import { dirname } from '../../files.ts';
import { Refusal } from '../../refusal.ts';
import type { Draft } from '../draft.ts';
import { textAnswer } from '../operators/place.ts';
import { importPathOf } from '../package/import-path.ts';
import type { PlanInput } from '../plan-input.ts';
import type { Answers } from '../question.ts';
import { refuseExisting } from '../refuse-existing.ts';
import type { DeclaredRename, Step } from '../task.ts';
import { withColumns } from './columns.ts';
import type { MovedFolder } from './folders.ts';
import { folderMoves, movedFolders, movedName } from './folders.ts';
import type { GoChanges } from './go-files.ts';
import { goEdits } from './go-files.ts';
import type { PlanNames } from './habits.ts';
import type { RenamedIdentifier } from './identifiers.ts';
import { identifierChanges, liesIn } from './identifiers.ts';
import { leftLiterals, leftProse } from './left.ts';
import { leftNotes, otherChanges, withListedName } from './other-files.ts';
import {
  refuseEmbeddedFolders,
  refuseNames,
  refuseOtherApps,
  refuseSamePlace,
  refuseUnreadLoaders,
} from './preconditions.ts';
import type { Stretch } from './regions.ts';
import { nearStretches, ownFiles, ownStretches, storeStretches } from './regions.ts';
import type { RenamedPlan } from './renamed-plan.ts';
import { renamedPlan } from './renamed-plan.ts';
import { embeddedFile, nameLiteral } from './written-name.ts';

/**
 * The steps that give the plan `name` the name `to`, everywhere it stands. Throws `Refusal` where
 * that cannot be done with certainty, or a network has run it.
 */
export function renameSteps(input: PlanInput, answers: Answers): readonly Step[] {
  const names = { from: textAnswer(answers, 'name'), to: textAnswer(answers, 'to') };
  refuseNames(input, names);
  const plan = renamedPlan(input.analysis, input.app, names);
  refuseOtherApps(input, plan);
  refuseUnreadLoaders(plan);
  refuseEmbeddedFolders(plan, movedFolders(plan), input.moved);
  return [{ name: 'rename the plan', apply: draft => [renamePlanIn(draft, input, plan)] }];
}

/** Reads what the folders hold that are moved, and what is at their new places. */
export async function readMovedFiles(
  { analysis, app }: PlanInput,
  answers: Answers,
  now: FileSource,
): Promise<Partial<PlanInput>> {
  const names = { from: textAnswer(answers, 'name'), to: textAnswer(answers, 'to') };
  const dirs = ownDirsOf(analysis, app, names);
  const paths = await now.list();
  const unread = paths.filter(
    path => !analysis.repo.texts.has(path) && dirs.some(dir => path.startsWith(`${dir}/`)),
  );
  const texts = new Map<string, string | undefined>();
  for (const path of unread) texts.set(path, await now.read(path));
  return { moved: { paths, texts } };
}

/** The plan's own folders; none where the rename will be refused for them. */
function ownDirsOf(analysis: Analysis, app: App, names: PlanNames): readonly string[] {
  try {
    return renamedPlan(analysis, app, names).ownDirs;
  } catch (error) {
    if (error instanceof Refusal) return [];
    throw error;
  }
}

function renamePlanIn(draft: Draft, input: PlanInput, plan: RenamedPlan): DeclaredRename {
  const { repo } = plan;
  const literals = plan.registrations.flatMap(one => {
    const file = embeddedFile(repo, one);
    if (file === undefined) return [nameLiteral(plan, one)];
    draft.texts.set(file, withListedName(repo.texts.get(file)!, plan));
    return [];
  });
  const folders = movedFolders(plan);
  const stretches = [...ownStretches(plan), ...guardRows(input, plan)];
  const files = new Set(ownFiles(plan, stretches));
  const isOwn = (file: string, start: number) =>
    files.has(file) || plan.ownDirs.includes(dirname(file)) || liesIn(stretches, file, start);
  const { renamed, notes } = identifierChanges(plan, isOwn);
  const loaders = input.analysis.wiringOf(input.app).loadings.map(({ site }) => site.call);
  const changes: GoChanges = {
    plan,
    folders,
    identifiers: renamed,
    isOwn,
    own: stretches,
    near: nearStretches(plan, loaders),
    literals: [
      ...guardRows(input, plan),
      ...literals.map(({ facts, node }) => ({
        file: facts.path,
        start: node.start,
        end: node.end,
      })),
    ],
    stores: storeStretches(plan),
  };
  const edited = editGo(draft, changes);
  const moves = [...folderMoves(plan, folders, input.moved), ...fileMoves(plan, files, folders)];
  const others = otherChanges(plan, input.bases ?? []);
  refuseSamePlace([...moves, ...others.moves]);
  for (const [file, text] of others.texts) draft.texts.set(file, text);
  const places = new Map([...moves, ...others.moves].map(({ from, to }) => [from, to]));
  const placeAfter = (file: string) => places.get(file) ?? file;
  draft.moves.push(...moves, ...others.moves);
  const touched = new Set([
    ...edited,
    ...embeddedFiles(plan),
    ...others.texts.keys(),
    ...others.foreign,
    ...others.moves.map(m => m.from),
  ]);
  draft.notes.push(
    ...notes,
    ...others.notes,
    ...leftLiterals(changes, placeAfter),
    ...leftProse(changes, placeAfter),
    ...leftNotes(repo, touched, plan.from, placeAfter),
    ...notCompared(input, plan),
  );
  return declared(plan, folders, renamed);
}

/** That no release was compared with, which has what networks without a lock run. */
function notCompared({ analysis, bases = [] }: PlanInput, { app, from }: RenamedPlan): string[] {
  if (bases.some(base => base.repo && speaksOf(base, app, analysis.chain))) return [];
  const refs = bases.map(({ ref }) => ref).join(', ');
  const compared = refs === '' ? 'a release or a lock' : `a release, only with ${refs}`;
  return [
    `not compared with ${compared}: a plan that a network has run must keep its name; make ` +
      `sure that no${refs === '' ? 'ne' : ' other'} has run ${from}`,
  ];
}

function embeddedFiles({ repo, registrations }: RenamedPlan): string[] {
  return registrations.flatMap(one => embeddedFile(repo, one) ?? []);
}

/** Edits every Go file that names the plan; gives those that it changes. */
function editGo(draft: Draft, changes: GoChanges): string[] {
  const { repo } = changes.plan;
  const edited = new Set<string>();
  for (const path of repo.texts.keys()) {
    if (!path.endsWith('.go') || !mayChange(changes, path)) continue;
    const edits = goEdits(changes, repo.facts(path)!);
    for (const { start, end, text } of edits) draft.edits.edit(path, start, end, text);
    if (edits.length > 0) edited.add(path);
  }
  draft.tidy.push((file, text) =>
    edited.has(file) ? withColumns(repo.texts.get(file)!, text) : text,
  );
  return [...edited];
}

/** Whether a file can name the plan at all: most are not even parsed. */
function mayChange(
  { plan, folders, identifiers, isOwn, own, near }: GoChanges,
  path: string,
): boolean {
  const text = plan.repo.texts.get(path)!;
  const dir = dirname(path);
  return (
    isOwn(path, 0) ||
    [...own, ...near].some(({ file }) => file === path) ||
    folders.some(({ from }) => from.dir === dir || text.includes(from.path)) ||
    identifiers.some(({ from }) => text.includes(from))
  );
}

/** The files of shared folders that are the plan's alone and are called like it. */
function fileMoves(
  plan: RenamedPlan,
  files: ReadonlySet<string>,
  folders: readonly MovedFolder[],
): { readonly from: string; readonly to: string }[] {
  return [...files].flatMap(from => {
    const to = movedName(plan, from);
    if (to === from || folders.some(folder => dirname(from) === folder.from.dir)) return [];
    refuseExisting(plan.repo.texts.keys(), to);
    return [{ from, to }];
  });
}

/** The row of the version guard that this plan alone leads to. */
function guardRows({ analysis, app }: PlanInput, { from }: RenamedPlan): Stretch[] {
  const rows = readGuardOf(analysis.repo, app)?.releases ?? [];
  return rows.filter(({ upgrades }) => upgrades.includes(from)).map(({ location }) => location);
}

function declared(
  { app, from, to, repo }: RenamedPlan,
  folders: readonly MovedFolder[],
  identifiers: readonly RenamedIdentifier[],
): DeclaredRename {
  return {
    kind: 'rename',
    dir: app.dir,
    from,
    to,
    folders: folders.map(folder => ({
      from: folder.from.dir,
      to: folder.to.dir,
      path: folder.from.path,
      newPath: folder.to.path,
    })),
    identifiers: identifiers.map(one => ({
      path: importPathOf(repo, one.dir),
      from: one.from,
      to: one.to,
    })),
  };
}
