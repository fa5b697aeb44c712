import { readChain } from '../../core/chain/analysis.ts';
import { memoryFiles } from '../../core/files.ts';
import type { Repo } from '../../core/go/repo/repo.ts';
import { loadRepo } from '../../core/go/repo/repo.ts';
import type { GoParser } from '../../core/go/syntax/parser.ts';
import { diskFiles } from '../../host/disk/disk-files.ts';
import type { Target } from './targets.ts';

/**
 * How long reading a chain takes, from texts in memory to the Chain, and how long parsing the same
 * texts; the best of several interleaved rounds. The disk is left out of both: it says more about
 * the machine.
 */
export interface Reading {
  readonly name: string;
  readonly megabytes: number;
  readonly readMs: number;
  readonly parseMs: number;
}

/**
 * Work of fewer milliseconds than this is repeated more often: it is lost in the machine's noise.
 */
const short = 500;

/**
 * Measures a target, each of its roots by itself: the shorter a piece of work, the sooner it runs
 * undisturbed. Undefined where there is no Go code.
 */
export async function measureReading(
  { name, roots }: Target,
  parser: GoParser,
): Promise<Reading | undefined> {
  let megabytes = 0;
  let readMs = 0;
  let parseMs = 0;
  for (const root of roots) {
    const repo = await loadRepo(diskFiles(root), parser);
    const source = memoryFiles(Object.fromEntries(repo.texts));
    const texts = goTexts(repo);
    const best = await bestOf(
      async () => void readChain(await loadRepo(source, parser)),
      () => parseAll(parser, texts),
    );
    megabytes += texts.reduce((sum, text) => sum + text.length, 0) / 1e6;
    readMs += best[0];
    parseMs += best[1];
  }
  return megabytes === 0 ? undefined : { name, megabytes, readMs, parseMs };
}

/**
 * The best times of two pieces of work that take turns. The first round warms wasm and the compiler
 * of JavaScript.
 */
export async function bestOf(
  one: () => Promise<void>,
  other: () => void,
  clock: Clock = processorTime,
): Promise<readonly [number, number]> {
  const rounds = (await timed(other, clock)) + (await timed(one, clock)) < short ? 20 : 4;
  let best = [Infinity, Infinity] as const;
  for (let i = 0; i < rounds; i++)
    best = [
      Math.min(best[0], await timed(one, clock)),
      Math.min(best[1], await timed(other, clock)),
    ];
  return best;
}

/** The Go texts that reading is given. */
export function goTexts(repo: Repo): string[] {
  return [...repo.texts].flatMap(([path, text]) => (path.endsWith('.go') ? [text] : []));
}

/** Parses and frees every text. */
export function parseAll(parser: GoParser, texts: readonly string[]): void {
  for (const text of texts) parser.parse(text, () => {});
}

/** A clock, in milliseconds. */
export type Clock = () => number;

/**
 * The processor time that this process used, its collector of garbage included: other work on the
 * machine hardly changes it.
 */
export const processorTime: Clock = () => {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1000;
};

/** The time that passes, for work that other processes take part in. */
export const wallTime: Clock = () => performance.now();

/** The milliseconds that something takes. */
async function timed(run: () => void | Promise<void>, clock: Clock): Promise<number> {
  const start = clock();
  await run();
  return clock() - start;
}
