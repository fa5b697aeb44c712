/**
 * `npm run patches -- MIRRORS`: what `operators --no-break` says of patch releases of every bare git
 * repository below a folder (MIRRORS/<owner>+<name>/repo), each compared with the release before it.
 * Prints `verdict TAB repository TAB from TAB to TAB why`, and ends with the sums. `--each N` pairs of
 * a repository (3), spread over its versions; `--only TEXT` the repositories whose name holds the
 * text.
 */
import { parseArgs } from 'node:util';
import type { GoParser } from '../core/go/syntax/parser.ts';
import { startParser } from '../core/go/syntax/parser.ts';
import { noBreakFiles } from '../core/plan/operators/no-break.ts';
import { Refusal } from '../core/refusal.ts';
import { loadAssets } from '../host/disk/assets.ts';
import { readCommit } from './corpus/lint-commit.ts';
import type { ReleaseTag } from './corpus/mirrors.ts';
import { mirrorsIn, releasesOf, spread } from './corpus/mirrors.ts';
import { runScript } from './run-script.ts';

const usage = 'npm run patches -- MIRRORS [--each N] [--only TEXT]';

await runScript('patches', main);

async function main(): Promise<number> {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      each: { type: 'string', default: '3' },
      only: { type: 'string', default: '' },
    },
  });
  const mirrors = mirrorsIn(positionals, values.only, usage);
  const parser = await startParser(await loadAssets());
  const sums = new Map<string, number>();
  for (const { repository, path } of mirrors) {
    for (const [from, to] of spread(patchesOf(await releasesOf(path)), Number(values.each))) {
      const { verdict, why } = await judge(path, from, to, parser);
      sums.set(verdict, (sums.get(verdict) ?? 0) + 1);
      console.log([verdict, repository, from, to, why].join('\t'));
    }
  }
  for (const [verdict, count] of sums) console.log(`${verdict}: ${count}`);
  return 0;
}

/** The releases that differ from the one before by their last number alone: `v1.2.3` and `v1.2.4`. */
function patchesOf(releases: readonly ReleaseTag[]): [from: string, to: string][] {
  return releases.flatMap(({ tag, version }, i): [string, string][] => {
    const before = releases[i - 1];
    const isNext =
      before?.version.length === 3 &&
      version.length === 3 &&
      before.version[0] === version[0] &&
      before.version[1] === version[1];
    return isNext ? [[before.tag, tag]] : [];
  });
}

async function judge(path: string, from: string, to: string, parser: GoParser) {
  const now = await readCommit(path, to, parser);
  const then = await readCommit(path, from, parser);
  const app = now.chain.apps[0];
  if (!app) return { verdict: 'no app', why: '' };
  const base = { ref: from, merged: true, chain: then.chain, repo: then.repo };
  try {
    const { notes } = noBreakFiles({ analysis: now, app, base }, { 'no-break': to });
    return { verdict: notes.length > 0 ? 'to be read' : 'breaks nothing', why: notes.join('; ') };
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    return { verdict: 'refused', why: error.message };
  }
}
