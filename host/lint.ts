import type { Chain } from '../core/chain/chain.ts';
import { readChain } from '../core/chain/read.ts';
import { fixAll } from '../core/fix.ts';
import type { Repo } from '../core/go/repo.ts';
import { lint } from '../core/lint.ts';
import type { LintOptions } from '../core/lint.ts';
import { onlyNew } from '../core/only-new.ts';
import type { Problem } from '../core/problem.ts';
import { applyPlan } from './apply.ts';
import { configOf } from './config.ts';
import { Refused } from './errors.ts';
import { pickApp } from './pick-app.ts';
import { openSession } from './session.ts';
import type { Tell } from './session.ts';

/** What is asked of a lint. */
export interface LintRequest {
  readonly dir: string;
  readonly app?: string | undefined;
  readonly base?: string | undefined;
  readonly requireBase?: boolean;
  readonly onlyNew?: boolean;
  readonly release?: string | undefined;
  readonly fix?: boolean;
  readonly tell: Tell;
}

/** A repository that was linted. */
export interface LintResult {
  readonly root: string;
  /** The release it was compared with. */
  readonly base: string | undefined;
  readonly repo: Repo;
  readonly problems: readonly Problem[];
  readonly notes: readonly string[];
  /** How many repairs were written. */
  readonly fixed: number;
}

/** Reads a repository and its baseline and applies the rules; writes only where `fix` asks for it. Throws one line where it cannot. */
export async function lintFolder(request: LintRequest): Promise<LintResult> {
  const { root, repo, chain, readBase } = await openSession(request.dir, request.tell);
  const config = configOf(repo);
  const app = request.app === undefined ? undefined : pickApp(chain, root, request.app);
  if (chain.apps.length === 0) return { root, base: undefined, repo, problems: [], notes: [`no Cosmos SDK app found in ${root}: there is nothing to lint`], fixed: 0 };
  const base = await readBase(app ?? chain.apps[0]!, request.base ?? config.base);
  const found = 'chain' in base ? { ref: base.ref, merged: base.merged, repo: base.repo, chain: base.chain } : undefined;
  if (!found && (request.requireBase || request.onlyNew)) throw new Refused(`there is no release to compare with: ${'reason' in base ? base.reason : ''}; name one with --base REF`);
  const notes = 'chain' in base ? [`compared with ${base.ref}`, ...base.notes] : [`NOT compared with a release: ${base.reason}. Rules that need one are off; name one with --base REF`];
  const options: LintOptions = { base: found, config, release: request.release };
  const relint = (now: Repo) => lint(now, only(readChain(now), app?.dir), options);
  const first = lint(repo, only(chain, app?.dir), options);
  const fixed = request.fix ? fixAll(repo, now => (now === repo ? first : relint(now))) : { repo, problems: first, applied: 0 };
  if (fixed.applied > 0) write(root, repo, fixed.repo);
  const problems = request.onlyNew && found ? onlyNew(fixed.repo, fixed.problems, found.repo, lint(found.repo, only(found.chain, app?.dir), { config })) : fixed.problems;
  return { root, base: found?.ref, repo: fixed.repo, problems, notes, fixed: fixed.applied };
}

/** One app's part of a chain; modules belong to all. */
function only(chain: Chain, dir: string | undefined): Chain {
  return dir === undefined ? chain : { ...chain, apps: chain.apps.filter(a => a.dir === dir) };
}

function write(root: string, before: Repo, after: Repo): void {
  const edits = [...after.texts].flatMap(([file, text]) => (before.texts.get(file) === text ? [] : [{ file, before: before.texts.get(file)!, after: text }]));
  applyPlan(root, { creates: [], edits, notes: [] });
}
