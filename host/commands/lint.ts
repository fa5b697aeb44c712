import type { Analysis } from '../../core/chain/analysis.ts';
import { analyse, onlyApp } from '../../core/chain/analysis.ts';
import type { Baseline } from '../../core/chain/baseline.ts';
import type { Chain } from '../../core/chain/chain.ts';
import type { Repo } from '../../core/go/repo/repo.ts';
import type { Diagnostic } from '../../core/lint/diagnostic.ts';
import { fixAll } from '../../core/lint/fix.ts';
import type { LintOptions } from '../../core/lint/lint.ts';
import { lint } from '../../core/lint/lint.ts';
import { onlyNew } from '../../core/lint/only-new.ts';
import { leftOut, lockBases, withRelease } from '../../core/lock/lock-base.ts';
import { Refusal } from '../../core/refusal.ts';
import { writePlan } from '../disk/apply.ts';
import { configOf } from './config.ts';
import { pickApp } from './pick-app.ts';
import type { Log } from './session.ts';
import { openSession } from './session.ts';

/** What is asked of a lint. */
export interface LintRequest {
  readonly dir: string;
  readonly app?: string | undefined;
  readonly base?: string | undefined;
  readonly requireBase?: boolean;
  readonly onlyNew?: boolean;
  readonly release?: string | undefined;
  readonly fix?: boolean;
  readonly tell: Log;
}

/** A repository that was linted. */
export interface LintResult {
  readonly root: string;
  /** What it was compared with: a release, or the networks of the locks. */
  readonly base: string | undefined;
  readonly repo: Repo;
  readonly problems: readonly Diagnostic[];
  readonly notes: readonly string[];
  /** What kept it from judging everything. */
  readonly warnings: readonly string[];
  /** How many repairs were written. */
  readonly fixed: number;
}

/**
 * Reads a repository and its baseline and applies the rules; writes only where `fix` asks for it.
 * Throws one line where it cannot.
 */
export async function lintFolder(request: LintRequest): Promise<LintResult> {
  const session = await openSession(request.dir, request.tell);
  const { root, repo, chain, readBase } = session;
  const config = configOf(repo);
  const app = request.app === undefined ? undefined : pickApp(chain, root, request.app);
  if (chain.apps.length === 0)
    return {
      root,
      base: undefined,
      repo,
      problems: [],
      notes: [],
      warnings: [`no Cosmos SDK app found in ${root}: there is nothing to lint`],
      fixed: 0,
    };
  const only = (analysis: Analysis) => (app ? onlyApp(analysis, app.dir) : analysis);
  const linted = only(session);
  const named = request.base ?? config.base;
  const locks = named === undefined ? locksFor(repo, chain, linted.chain) : [];
  // What is new is told by code, and a lock has none.
  const wantsRelease = leftOut(locks, linted.chain).length > 0 || request.onlyNew;
  const base = wantsRelease ? await readBase(app ?? chain.apps[0]!, named) : undefined;
  const release =
    base && 'chain' in base
      ? { ref: base.ref, merged: base.merged, repo: base.repo, chain: base.chain }
      : undefined;
  const missing = `no release to compare with (${base && 'reason' in base ? base.reason : ''})`;
  if (!release && (request.onlyNew || (request.requireBase && locks.length === 0)))
    throw new Refusal(`${missing}; set one with --base REF`);
  const bases = withRelease(locks, release, linted.chain);
  const notes = [
    ...bases.map(({ ref }) => `compared with ${ref}`),
    ...(base && 'chain' in base ? base.notes : []),
  ];
  const warnings =
    bases.length > 0
      ? []
      : [`${missing}; rules that need one are skipped. Set one with --base REF`];
  const options: LintOptions = { bases, config, release: request.release };
  const relint = (now: Repo) => lint(only(analyse(now)), options);
  const first = lint(linted, options);
  const fixed = request.fix
    ? fixAll(repo, now => (now === repo ? first : relint(now)))
    : { repo, problems: first, applied: 0 };
  if (fixed.applied > 0) write(root, repo, fixed.repo);
  const problems =
    request.onlyNew && release
      ? onlyNew(
          fixed.repo,
          fixed.problems,
          release.repo,
          lint(only(analyse(release.repo)), { config }),
        )
      : fixed.problems;
  return {
    root,
    base: bases.map(b => b.ref).join(', ') || undefined,
    repo: fixed.repo,
    problems,
    notes,
    warnings,
    fixed: fixed.applied,
  };
}

/** The locks that speak of an app that is linted. */
function locksFor(repo: Repo, chain: Chain, linted: Chain): readonly Baseline[] {
  const { bases, errors } = lockBases(repo);
  if (errors.length > 0) throw new Refusal(errors[0]!);
  return bases.filter(
    base => chain.apps.length === 1 || linted.apps.some(app => base.apps?.includes(app.dir)),
  );
}

function write(root: string, before: Repo, after: Repo): void {
  const edits = [...after.texts].flatMap(([file, text]) =>
    before.texts.get(file) === text ? [] : [{ file, before: before.texts.get(file)!, after: text }],
  );
  writePlan(root, { creates: [], edits, notes: [] });
}
