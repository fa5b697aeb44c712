import { createTwoFilesPatch } from 'diff';
import type { Analysis } from '../../core/chain/analysis.ts';
import { analyse } from '../../core/chain/analysis.ts';
import type { App, Chain } from '../../core/chain/chain.ts';
import type { Repo } from '../../core/go/repo/repo.ts';
import type { Plan } from '../../core/plan/plan.ts';
import type { PlanInput } from '../../core/plan/plan-input.ts';
import type { Answers } from '../../core/plan/question.ts';
import { planMigration, planUpgrade } from '../../core/tasks/tasks.ts';
import { chainTexts } from './chains.ts';
import { repoOf } from './go.ts';

/** A repository with what was read in it. */
export interface Opened extends Analysis {
  readonly app: App;
}

/** Reads a small chain, changed where asked; `app` names one of several. */
export async function openChain(
  name: string,
  options: { app?: string; texts?: Readonly<Record<string, string>> } = {},
): Promise<Opened> {
  const repo = await repoOf({ ...chainTexts(name), ...options.texts });
  return inside(repo, options.app);
}

/** What was read in a repository with one app. */
export function openRepo(repo: Repo): Opened {
  return inside(repo);
}

function inside(repo: Repo, dir?: string): Opened {
  const analysis = analyse(repo);
  const { chain } = analysis;
  const app = dir === undefined ? chain.apps[0] : chain.apps.find(a => a.dir === dir);
  if (!app) throw new Error(`no app ${dir ?? ''} in this chain`);
  return { ...analysis, app };
}

/** Plans a new upgrade with those answers. */
export function planIn(opened: Opened, answers: Answers, base?: Chain): Plan {
  return planUpgrade(inputOf(opened, base), answers);
}

/** What a plan is made from, compared with a release where one is given. */
export function inputOf(opened: Opened, base?: Chain): PlanInput {
  const release = base && { ref: 'v1.0.0', merged: true, chain: base };
  return { analysis: opened, app: opened.app, base: release };
}

/** Plans a module's migration with those answers. */
export function migrationIn(
  opened: Opened,
  module: string,
  base?: Opened,
  answers: Answers = {},
): Plan {
  return planMigration(inputOf(opened, base?.chain), { module, ...answers });
}

/** The chain as it is once the plan is applied. */
export function applied({ repo, app }: Opened, plan: Plan): Opened {
  return inside(
    repo.with([
      ...plan.creates.map(c => [c.file, c.text] as const),
      ...plan.edits.map(e => [e.file, e.after] as const),
      ...(plan.moves ?? []).flatMap(m => [[m.from, undefined] as const, [m.to, m.after] as const]),
    ]),
    app.dir,
  );
}

/** A plan as a reviewer reads it: its notes, then a patch over all files in order. */
export function asPatch(plan: Plan): string {
  const files = [
    ...plan.creates.map(({ file, text }) => ({
      file,
      patch: patchOf(file, '/dev/null', '', text),
    })),
    ...plan.edits.map(({ file, before, after }) => ({
      file,
      patch: patchOf(file, file, before, after),
    })),
    ...(plan.moves ?? []).map(({ from, to, before, after }) => ({
      file: to,
      patch: patchOf(to, from, before, after),
    })),
  ].sort((a, b) => (a.file < b.file ? -1 : 1));
  const notes = plan.notes.map(note => `# ${note}\n`).join('');
  return notes + refusalText(plan) + files.map(f => f.patch).join('');
}

function refusalText({ refused }: Plan): string {
  if (!refused) return '';
  const snippet = refused.snippet ? `${refused.snippet.replace(/^/gm, '#   ')}\n` : '';
  return `# refused: ${refused.reason}\n${snippet}`;
}

function patchOf(file: string, from: string, before: string, after: string): string {
  return createTwoFilesPatch(from, file, before, after, undefined, undefined, {
    context: 3,
  }).replace(/^(Index: .*\n)?=+\n/, '');
}
