import { spawnSync } from 'node:child_process';
import { join } from 'node:path';

/** One figure of a bench: of those that have a lower limit more is better. */
export interface Figure {
  readonly value: number;
  readonly least: boolean;
}

/** A figure of this build and of the other one, each the best of its rounds. */
export interface Comparison {
  readonly name: string;
  readonly ours: number;
  readonly theirs: number;
  /** What ours may be: theirs, and 5 % or the spread of the other build's own rounds on top. */
  readonly limit: number;
  readonly least: boolean;
  readonly kept: boolean;
}

const rounds = 3;
const tolerance = 0.05;

/**
 * Runs the bench of two builds in turns, so that both meet the same machine. `build` is a checkout
 * with a `dist/`. Throws where one of them ends without figures.
 */
export function compareBuilds(build: string, args: readonly string[]): Comparison[] {
  const ours: ReadonlyMap<string, Figure>[] = [];
  const theirs: ReadonlyMap<string, Figure>[] = [];
  for (let round = 0; round < rounds; round++) {
    ours.push(figuresOf(process.cwd(), args));
    theirs.push(figuresOf(build, args));
  }
  return compareFigures(ours, theirs);
}

/** The figures that both builds have, compared. */
export function compareFigures(
  ours: readonly ReadonlyMap<string, Figure>[],
  theirs: readonly ReadonlyMap<string, Figure>[],
): Comparison[] {
  const names = [...(ours[0]?.keys() ?? [])].filter(name => theirs[0]?.has(name));
  return names.map(name => {
    const { least } = ours[0]!.get(name)!;
    const values = theirs.map(figures => figures.get(name)!.value);
    const mine = best(
      ours.map(figures => figures.get(name)!.value),
      least,
    );
    const other = best(values, least);
    const spread = (Math.max(...values) - Math.min(...values)) / other;
    const allowed = Math.max(tolerance, spread);
    const limit = least ? other / (1 + allowed) : other * (1 + allowed);
    return {
      name,
      ours: mine,
      theirs: other,
      limit,
      least,
      kept: least ? mine >= limit : mine <= limit,
    };
  });
}

function best(values: readonly number[], least: boolean): number {
  return least ? Math.max(...values) : Math.min(...values);
}

function figuresOf(build: string, args: readonly string[]): Map<string, Figure> {
  const { stdout, stderr } = spawnSync(
    process.execPath,
    [join(build, 'dist/scripts/bench.js'), ...args],
    { cwd: build, encoding: 'utf8', maxBuffer: 1e8 },
  );
  const figures = readFigures(stdout);
  if (figures.size === 0) throw new Error(`the bench of ${build} has no figures: ${stderr.trim()}`);
  return figures;
}

/** The lines `bench NAME FIGURE limit <=N` of a bench. */
export function readFigures(text: string): Map<string, Figure> {
  const lines = text.matchAll(/^bench (\S+) ([\d.]+) limit ([<>])=/gm);
  return new Map(
    [...lines].map(([, name, value, sign]) => [
      name!,
      { value: Number(value), least: sign === '>' },
    ]),
  );
}
