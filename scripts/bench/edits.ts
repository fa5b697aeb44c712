import { readChain } from '../../core/chain/analysis.ts';
import type { Repo } from '../../core/go/repo/repo.ts';
import { loadRepo } from '../../core/go/repo/repo.ts';
import type { GoParser, ParserAssets } from '../../core/go/syntax/parser.ts';
import { startParser } from '../../core/go/syntax/parser.ts';
import { diskFiles } from '../../host/disk/disk-files.ts';
import { appFile } from './app-file.ts';
import { processorTime } from './reading.ts';
import type { Target } from './targets.ts';

/**
 * A new Chain after an edit of app.go, in full parses of that file: after the first edit since the
 * chain was read, and after those that follow.
 */
export interface Edits {
  readonly first: number;
  readonly next: number;
}

/**
 * Every round begins as an editor does: with the chain just read, and a parser that has not seen an
 * edit yet.
 */
const rounds = 8;
const perRound = 10;

/**
 * Measures edits; undefined where a target has no app. Of first edits, which are few and all in one
 * place, the best counts; of the others the median.
 */
export async function measureEdits(
  { roots }: Target,
  assets: ParserAssets,
): Promise<Edits | undefined> {
  const first: Cost[] = [];
  const next: Cost[] = [];
  for (const root of roots) {
    for (let round = 0; round < rounds; round++) {
      const parser = await startParser(assets);
      const repo = await loadRepo(diskFiles(root), parser);
      const [app] = readChain(repo).apps;
      const file = app && appFile(repo, app.dir);
      if (!file) break;
      const costs = typeInto(parser, repo, file);
      // The first rounds also compile the JavaScript.
      if (round > 1) first.push(costs[0]!);
      next.push(...costs.slice(1));
    }
  }
  return next.length === 0 ? undefined : { first: ratio(first, best), next: ratio(next, median) };
}

interface Cost {
  readonly chainMs: number;
  readonly parseMs: number;
}

/** One edit after the other, as somebody types; after each a raw parse of the same text. */
function typeInto(parser: GoParser, before: Repo, file: string): Cost[] {
  let repo = before;
  return Array.from({ length: perRound }, (_, i) => {
    const text = edited(repo.texts.get(file)!, i);
    const start = processorTime();
    repo = repo.with([[file, text]]);
    readChain(repo);
    const middle = processorTime();
    parser.parse(text, () => {});
    return { chainMs: middle - start, parseMs: processorTime() - middle };
  });
}

/** The text with one more statement, each time in another place. */
function edited(text: string, i: number): string {
  const ends = [...text.matchAll(/^\t[\w.]+.*\)$/gm)].map(match => match.index + match[0].length);
  const at = ends[Math.floor(ends.length * ((i * 0.37) % 1))] ?? text.length;
  return `${text.slice(0, at)}\n${at < text.length ? `\t_ = ${i}` : `// ${i}`}${text.slice(at)}`;
}

function ratio(costs: readonly Cost[], of: (values: readonly number[]) => number): number {
  return of(costs.map(({ chainMs }) => chainMs)) / of(costs.map(({ parseMs }) => parseMs));
}

function best(values: readonly number[]): number {
  return Math.min(...values);
}

/** The middle one of some values. */
export function median(values: readonly number[]): number {
  return [...values].sort((a, b) => a - b)[values.length >> 1]!;
}
