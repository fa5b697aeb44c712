import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { analyse, readChain } from '../../core/chain/analysis.ts';
import type { Baseline } from '../../core/chain/baseline.ts';
import type { Repo } from '../../core/go/repo/repo.ts';
import type { Diagnostic } from '../../core/lint/diagnostic.ts';
import type { LintOptions } from '../../core/lint/lint.ts';
import { lint } from '../../core/lint/lint.ts';
import type { NotJudged } from '../../core/lint/not-judged.ts';
import { notJudged } from '../../core/lint/not-judged.ts';
import type { Rule } from '../../core/lint/rule.ts';
import { filesBelow } from './chains.ts';
import { repoOf } from './go.ts';
import { projectRoot } from './root.ts';

/** The samples of a page: what the last release had besides, the mistake, and what fixes it. */
export interface Page {
  readonly text: string;
  readonly headings: readonly string[];
  readonly first: string;
  readonly last: Map<string, string>;
  readonly bad: Map<string, string>;
  readonly good: Map<string, string>;
}

/** A page's samples laid over the chain of the samples. */
export interface Samples {
  readonly base: Repo;
  readonly bad: Repo;
  readonly good: Repo;
}

export const pageFolder = join(projectRoot, 'docs/rules');

/**
 * The chain that the samples are laid over, as it was last released, and what its next version
 * adds.
 */
export const sampleChain = filesIn(join(projectRoot, 'test/rules/chain'));
export const sampleNext = filesIn(join(projectRoot, 'test/rules/next'));

/**
 * The page of a rule. Fences name the file:
 * "```go app/keys.go"; `last` before it is for the last release.
 */
export function pageOf({ name }: Rule): Page {
  const text = readFileSync(join(pageFolder, `${name}.md`), 'utf8');
  const page: Page = {
    text,
    headings: text.match(/^##? .*$/gm) ?? [],
    first: text.split('\n')[2] ?? '',
    last: new Map(),
    bad: new Map(),
    good: new Map(),
  };
  let section = '';
  for (const match of text.matchAll(/^## (.*)$|^```\w+ (last )?(\S+)\n([\s\S]*?)^```$/gm)) {
    const [, heading, last, file, sample] = match;
    if (heading !== undefined) section = heading;
    else samplesFor(page, section, last !== undefined).set(file!, sample!);
  }
  return page;
}

/** Where a fence belongs: to the last release, to the mistake, or to what fixes it. */
function samplesFor(page: Page, section: string, isLast: boolean): Map<string, string> {
  if (isLast) return page.last;
  return section === 'Problem' ? page.bad : page.good;
}

/** Reads the chain with the page's mistake, and with what fixes it. */
export async function samplesOf({ last, bad, good }: Page): Promise<Samples> {
  const [base, wrong, right] = await Promise.all(
    [
      [sampleChain, last],
      [sampleChain, last, sampleNext, bad],
      [sampleChain, last, sampleNext, bad, good],
    ].map(layered),
  );
  return { base: base!, bad: wrong!, good: right! };
}

/** Reads the files of several layers, of which a later one wins. */
export function layered(layers: readonly ReadonlyMap<string, string>[]): Promise<Repo> {
  return repoOf(Object.fromEntries(layers.flatMap(layer => [...layer])));
}

/** What is found in a version, against its last release, of which more may be known. */
export function problemsIn(repo: Repo, base: Repo, known: KnownOfBase = {}): Diagnostic[] {
  return lint(analyse(repo), comparedWith(base, known));
}

/** What is not judged in a version, against its last release. */
export function silencesIn(repo: Repo, base: Repo, known: KnownOfBase = {}): NotJudged[] {
  return notJudged(analyse(repo), comparedWith(base, known));
}

type KnownOfBase = Partial<Pick<Baseline, 'between' | 'doubt' | 'merged'>>;

function comparedWith(base: Repo, known: KnownOfBase): LintOptions {
  return {
    bases: [{ ref: 'v1.0.0', merged: true, repo: base, chain: readChain(base), ...known }],
  };
}

function filesIn(root: string): Map<string, string> {
  return new Map(filesBelow(root).map(path => [path, readFileSync(join(root, path), 'utf8')]));
}
