import type { Analysis } from '../../core/chain/analysis.ts';
import { analyse } from '../../core/chain/analysis.ts';
import type { Baseline } from '../../core/chain/baseline.ts';
import type { App } from '../../core/chain/chain.ts';
import { dirname } from '../../core/files.ts';
import { applyEdits } from '../../core/go/edit/edit.ts';
import type { Repo } from '../../core/go/repo/repo.ts';
import { brokenAt } from '../../core/go/source/broken.ts';
import { planUpgrade } from '../../core/tasks/tasks.ts';
import { importClosure } from '../../core/wiring/call-sites.ts';
import { variantsFor } from '../corpus/variants.ts';
import type { Reading } from './reading.ts';
import { readingOf } from './reading.ts';
import type { Rewriting } from './rewriter.ts';

/** The new upgrades that are tried on an app: every one of `variantsFor`, or that with stores. */
export type NewUpgrades = 'all' | 'stores';

/** A repository as it is, and all that its rewritings are compared with. */
export interface Original {
  readonly analysis: Analysis;
  readonly base: Baseline | undefined;
  readonly reading: Reading;
  readonly plans: ReadonlyMap<string, string>;
  readonly tried: NewUpgrades;
}

/**
 * What became of a rewriting: nothing changed; something is no longer known, and nothing false is
 * said; the same is read, but a new upgrade is refused; something else.
 */
export interface Outcome {
  readonly kind: 'same' | 'unknown' | 'refused' | 'wrong';
  /** What differs, a line each. */
  readonly differences: readonly string[];
}

/** Reads a repository as it is. */
export function originalOf(
  analysis: Analysis,
  base: Baseline | undefined,
  tried: NewUpgrades = 'all',
): Original {
  const plans = plansOf(analysis, analysis.chain.apps, tried);
  return { analysis, base, reading: readingOf(analysis, base), plans, tried };
}

/** The repository with the rewritings made. Throws where two of them meet. */
export function rewritten(repo: Repo, rewritings: readonly Rewriting[]): Repo {
  const texts = new Map<string, string>();
  for (const path of new Set(rewritings.map(one => one.path))) {
    const edits = rewritings.filter(one => one.path === path).flatMap(one => one.edits);
    texts.set(path, applyEdits(repo.texts.get(path)!, edits));
  }
  for (const { creates } of rewritings) for (const [path, text] of creates) texts.set(path, text);
  return repo.with(texts);
}

/** Compares what is read of a repository with what is read of it once it is rewritten. */
export function outcomeOf(original: Original, rewritings: readonly Rewriting[]): Outcome {
  const repo = rewritten(original.analysis.repo, rewritings);
  const broken = brokenFiles(repo, rewritings);
  if (broken.length > 0)
    return { kind: 'wrong', differences: broken.map(file => `${file} does not parse`) };
  const analysis = analyse(repo);
  const reading = readingOf(analysis, original.base);
  const gaps = surplus(reading.gaps, original.reading.gaps).map(gap => `unknown: ${gap}`);
  const claims = surplus(reading.findings, original.reading.findings).map(one => `new: ${one}`);
  const lost = surplus(original.reading.findings, reading.findings).map(one => `lost: ${one}`);
  const parts = partDifferences(original.reading, reading);
  const differences = [...gaps, ...claims, ...lost, ...parts];
  if (differences.length > 0) {
    const isUnknown = gaps.length > 0 && claims.length === 0;
    return { kind: isUnknown ? 'unknown' : 'wrong', differences };
  }
  // Plans cost most: they are only made where nothing else has decided, and for the apps that are
  // built from what was rewritten.
  const folders = new Set(rewritings.map(({ path }) => dirname(path)));
  const apps = analysis.chain.apps.filter(({ dir }) => {
    const closure = importClosure(repo, dir);
    return [...folders].some(folder => closure.has(folder));
  });
  const refused = refusedPlans(original.plans, plansOf(analysis, apps, original.tried));
  return { kind: refused.length === 0 ? 'same' : 'refused', differences: refused };
}

function brokenFiles(repo: Repo, rewritings: readonly Rewriting[]): string[] {
  const paths = new Set(rewritings.flatMap(({ path, creates }) => [path, ...creates.keys()]));
  return [...paths].filter(path => brokenAt(repo.facts(path)!) !== undefined);
}

/** The texts that one list has more often than another. */
function surplus(list: readonly string[], other: readonly string[]): string[] {
  const left = [...other];
  return list.filter(text => {
    const i = left.indexOf(text);
    if (i >= 0) left.splice(i, 1);
    return i < 0;
  });
}

function partDifferences({ parts: before }: Reading, { parts: after }: Reading): string[] {
  const names = new Set([...before.keys(), ...after.keys()]);
  return [...names]
    .filter(name => before.get(name) !== after.get(name))
    .map(name => `${name}: ${before.get(name) ?? 'nothing'} → ${after.get(name) ?? 'nothing'}`);
}

/** New upgrades of apps: why one is refused, or an empty text. */
function plansOf(
  analysis: Analysis,
  apps: readonly App[],
  tried: NewUpgrades,
): Map<string, string> {
  return new Map(
    apps.flatMap(app =>
      variantsFor(app)
        .filter(({ title }) => tried === 'all' || title === tried)
        .map(({ title, answers }) => {
          const { refused } = planUpgrade({ analysis, app }, answers);
          return [`${app.dir} (${title})`, refused?.reason ?? ''] as const;
        }),
    ),
  );
}

function refusedPlans(
  before: ReadonlyMap<string, string>,
  after: ReadonlyMap<string, string>,
): string[] {
  return [...after]
    .filter(([plan, reason]) => before.get(plan) === '' && reason !== '')
    .map(([plan, reason]) => `new upgrade ${plan}: refused: ${reason}`);
}
