import type { Analysis } from '../../core/chain/analysis.ts';
import { analyse, onlyApp } from '../../core/chain/analysis.ts';
import type { Baseline, Release } from '../../core/chain/baseline.ts';
import { comparedWith } from '../../core/chain/baseline.ts';
import type { App, Chain } from '../../core/chain/chain.ts';
import type { FileEdit } from '../../core/go/edit/file-edit.ts';
import type { Repo } from '../../core/go/repo/repo.ts';
import { appliedPlans } from '../../core/lint/applied-plans.ts';
import type { Diagnostic } from '../../core/lint/diagnostic.ts';
import type { Fixed } from '../../core/lint/fix-all.ts';
import { fixAll, preferredFix, takenBackNote } from '../../core/lint/fix-all.ts';
import type { LintOptions } from '../../core/lint/lint.ts';
import { lint } from '../../core/lint/lint.ts';
import type { NotJudged } from '../../core/lint/not-judged.ts';
import { notJudged } from '../../core/lint/not-judged.ts';
import { onlyNew } from '../../core/lint/only-new.ts';
import type { SuggestedFix } from '../../core/lint/rule.ts';
import { leftOut, lockBases, withRelease } from '../../core/lock/lock-base.ts';
import { Refusal } from '../../core/refusal.ts';
import { writeRemembered } from '../undo/written.ts';
import { configOf } from './config.ts';
import { pickApp } from './pick-app.ts';
import type { Log, Session } from './session.ts';
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
  /** The rules whose findings are repaired; all without it. */
  readonly fixOnly?: readonly string[] | undefined;
  /** The only finding that is repaired, and the fix that is made instead of the preferred one. */
  readonly fixAt?: FixAt | undefined;
  readonly tell: Log;
}

/** One finding by its place, and one of its fixes; each may be left open. */
export interface FixAt {
  readonly file?: string | undefined;
  readonly line?: number | undefined;
  /** The title of the fix; the preferred one without it. */
  readonly title?: string | undefined;
}

/** A repository that was linted. */
export interface LintResult {
  readonly root: string;
  /** What it was compared with: a release, or the networks of the locks. */
  readonly base: string | undefined;
  readonly repo: Repo;
  readonly problems: readonly Diagnostic[];
  readonly notes: readonly string[];
  /** The places that were not understood, and the rules that were silent about them. */
  readonly notJudged: readonly NotJudged[];
  /** What kept it from judging everything. */
  readonly warnings: readonly string[];
  /** How many fixes were written. */
  readonly fixed: number;
  /** What they changed. */
  readonly edits: readonly FileEdit[];
}

/**
 * Reads a repository and its baseline and applies the rules; writes only where `fix` asks for it.
 * Throws one line where it cannot.
 */
export async function lintFolder(request: LintRequest): Promise<LintResult> {
  const session = await openSession(request.dir, request.tell);
  const { root, repo, chain } = session;
  const config = configOf(repo);
  const app = request.app === undefined ? undefined : pickApp(chain, root, request.app);
  if (chain.apps.length === 0) return nothingToLint(root, repo);

  const only = (analysis: Analysis) => (app ? onlyApp(analysis, app.dir) : analysis);
  const linted = only(session);
  const { release, bases, notes, warnings } = await readBases(session, linted.chain, {
    ...request,
    app: app ?? chain.apps[0]!,
    base: request.base ?? config.base,
  });
  const options: LintOptions = { bases, config, release: request.release };
  const first = lint(linted, options);
  const look = (now: Repo) => {
    const analysis = now === repo ? linted : only(analyse(now));
    const problems = now === repo ? first : lint(analysis, options);
    return { problems, applied: appliedPlans(analysis, bases) };
  };
  const unfixed: Fixed = { repo, problems: first, applied: 0, takenBack: [] };
  const fixed = request.fix ? fixAll(repo, look, fixesOf(request.fixOnly, request.fixAt)) : unfixed;
  const edits = editsBetween(repo, fixed.repo);
  if (fixed.applied > 0) {
    const plan = { creates: [], edits, notes: [] };
    await writeRemembered(root, plan, 'lint --fix', request.tell);
  }

  let problems: readonly Diagnostic[] = fixed.problems;
  if (request.onlyNew && release) {
    const known = lint(only(analyse(release.repo)), { config });
    problems = onlyNew(fixed.repo, problems, release.repo, known);
  }
  return {
    root,
    base: bases.map(({ ref }) => ref).join(', ') || undefined,
    repo: fixed.repo,
    problems,
    notes: [...notes, ...fixed.takenBack.map(takenBackNote)],
    notJudged: notJudged(fixed.repo === repo ? linted : only(analyse(fixed.repo)), options),
    warnings,
    fixed: fixed.applied,
    edits,
  };
}

/** The preferred fix of what some rules find, or all of them. */
function fixesOf(
  only: readonly string[] | undefined,
  { file, line, title }: FixAt = {},
): (problem: Diagnostic) => SuggestedFix | undefined {
  return problem => {
    const { rule, location, fixes } = problem;
    if (only !== undefined && !only.includes(rule)) return undefined;
    if (file !== undefined && file !== location.file) return undefined;
    if (line !== undefined && line !== location.line) return undefined;
    return title === undefined ? preferredFix(problem) : fixes.find(fix => fix.title === title);
  };
}

function nothingToLint(root: string, repo: Repo): LintResult {
  const warnings = [`no Cosmos SDK app found in ${root}: there is nothing to lint`];
  return {
    root,
    base: undefined,
    repo,
    problems: [],
    notes: [],
    notJudged: [],
    warnings,
    fixed: 0,
    edits: [],
  };
}

/** What a lint compares with, and what is said of that. */
interface Bases {
  /** The last release, where it was read. */
  readonly release: Release | undefined;
  readonly bases: readonly Baseline[];
  readonly notes: readonly string[];
  readonly warnings: readonly string[];
}

interface BasesRequest {
  readonly app: App;
  /** The release that was named. */
  readonly base: string | undefined;
  readonly requireBase?: boolean;
  readonly onlyNew?: boolean;
}

/**
 * Reads the locks, and the release where they do not say enough. Throws where the request needs one
 * that is not there.
 */
async function readBases(
  { repo, chain, readBase }: Session,
  linted: Chain,
  request: BasesRequest,
): Promise<Bases> {
  const locks = request.base === undefined ? locksFor(repo, chain, linted) : [];
  // What is new is found by code, and a lock has none.
  const needsRelease = request.onlyNew === true || leftOut(locks, linted).length > 0;
  const found = needsRelease ? await readBase(request.app, request.base) : undefined;
  const release = found && 'chain' in found ? found : undefined;
  const reason = found && 'reason' in found ? found.reason : '';
  const missing = `no release to compare with (${reason})`;
  const mustHave = request.onlyNew || (request.requireBase && locks.length === 0);
  if (!release && mustHave) throw new Refusal(`${missing}; set one with --base REF`);

  const bases = withRelease(locks, release, linted);
  const notes = bases.map(comparedWith);
  const skipped = `${missing}; rules that need one are skipped. Set one with --base REF`;
  return {
    release,
    bases,
    notes: [...notes, ...(release?.notes ?? [])],
    warnings: bases.length > 0 ? [] : [skipped],
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

function editsBetween(before: Repo, after: Repo): FileEdit[] {
  return [...after.texts].flatMap(([file, text]) =>
    before.texts.get(file) === text ? [] : [{ file, before: before.texts.get(file)!, after: text }],
  );
}
