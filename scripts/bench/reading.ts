import { readChain } from '../../core/chain/read.ts';
import type { GoParser } from '../../core/go/parser.ts';
import { loadRepo } from '../../core/go/repo.ts';
import type { Repo } from '../../core/go/repo.ts';
import { diskFiles } from '../../host/disk-files.ts';
import type { Target } from './targets.ts';

/** How long reading a chain takes, from the disk to the Chain, and how long parsing the same texts; the best of several interleaved rounds. */
export interface Reading { readonly name: string; readonly megabytes: number; readonly readMs: number; readonly parseMs: number }

/** Work of less than this is repeated more often: it is lost in the machine's noise. */
const short = 400;

/** Measures a target; undefined where there is no Go code. */
export async function measureReading(target: Target, parser: GoParser): Promise<Reading | undefined> {
  const repos = await Promise.all(target.roots.map(root => loadRepo(diskFiles(root), parser)));
  const texts = repos.flatMap(goTexts);
  if (texts.length === 0) return undefined;
  const parse = () => timed(() => parseAll(parser, texts));
  const read = () => timed(async () => {
    for (const root of target.roots) readChain(await loadRepo(diskFiles(root), parser));
  });
  // The first round warms wasm and the compiler of JavaScript.
  const rounds = await parse() < short ? 10 : 4;
  await read();
  let readMs = Infinity, parseMs = Infinity;
  for (let i = 0; i < rounds; i++) {
    readMs = Math.min(readMs, await read());
    parseMs = Math.min(parseMs, await parse());
  }
  return { name: target.name, megabytes: texts.reduce((sum, text) => sum + text.length, 0) / 1e6, readMs, parseMs };
}

/** The Go texts that reading looks at: no tests. */
export function goTexts(repo: Repo): string[] {
  return [...repo.packages.values()].flatMap(({ files }) => files.map(path => repo.texts.get(path)!));
}

/** Parses and frees every text. */
export function parseAll(parser: GoParser, texts: readonly string[]): void {
  for (const text of texts) parser.parse(text, () => {});
}

/** The milliseconds that something takes. */
export async function timed(run: () => void | Promise<void>): Promise<number> {
  const start = performance.now();
  await run();
  return performance.now() - start;
}
