import type { Analysis } from '../../core/chain/analysis.ts';
import { analyse } from '../../core/chain/analysis.ts';
import type { App, Chain } from '../../core/chain/chain.ts';
import { sameApp } from '../../core/chain/compare.ts';
import { doubtAbout, plansOf } from '../../core/chain/doubt.ts';
import { dirname } from '../../core/files.ts';
import type { Repo } from '../../core/go/repo/repo.ts';
import { loadRepo } from '../../core/go/repo/repo.ts';
import type { GoParser } from '../../core/go/syntax/parser.ts';
import type { Diagnostic } from '../../core/lint/diagnostic.ts';
import { lint } from '../../core/lint/lint.ts';
import { findRelease } from '../../host/git/baseline.ts';
import { gitFiles } from '../../host/git/git-files.ts';

/** A commit, linted against the release before it. */
export interface Linted {
  readonly problems: readonly Diagnostic[];
  readonly repo: Repo;
  readonly chain: Chain;
  /** What the release before is. */
  readonly before?: Chain;
  readonly base?: string;
  readonly reason?: string;
  readonly ms: number;
}

/** What a commit of a bare repository holds. */
export async function readCommit(git: string, ref: string, parser: GoParser): Promise<Analysis> {
  const files = gitFiles(git, ref, () => {});
  return analyse(await loadRepo(files, parser));
}

/**
 * Lints a commit of a bare repository against a named baseline, or the one that the product would
 * take.
 */
export async function lintCommit(
  git: string,
  ref: string,
  base: string | undefined,
  parser: GoParser,
): Promise<Linted> {
  const read = (commit: string) => readCommit(git, commit, parser);
  const start = performance.now();
  const now = await read(ref);
  const app: App | undefined = now.chain.apps[0];
  const found = await findRelease(git, {
    base,
    head: ref,
    appModDir: app ? dirname(app.sdk.gomod) : '',
    plans: app ? plansOf(app) : [],
  });
  if ('reason' in found)
    return {
      ...now,
      problems: lint(now),
      reason: found.reason,
      ms: performance.now() - start,
    };
  const then = await read(found.commit);
  const doubt = app && found.chosen && doubtAbout(found.chosen, app, sameApp(then.chain, app));
  return {
    ...now,
    problems: lint(now, {
      bases: [{ ...found, doubt, ...then }],
    }),
    before: then.chain,
    base: found.ref,
    ms: performance.now() - start,
  };
}
