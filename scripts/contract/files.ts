import type { House, Problem } from './house.ts';

const longest = 400;

/** A file that nobody can read in one go holds more than one idea. */
export function ensureFilesAreSmall(house: House, problem: Problem): void {
  for (const path of house.paths.filter(path => /\.(ts|mjs|js|cjs|mts|cts)$/.test(path))) {
    const lines = (house.read(path) ?? '').split('\n').length - 1;
    if (lines > longest)
      problem(path, longest + 1, `has ${lines} lines, ${longest} are the limit: split it by idea`);
  }
}

/** Yeoman takes every `<folder>/index.*` of a package for a generator. */
export function ensureNoStrayIndex(house: House, problem: Problem): void {
  for (const path of house.paths) {
    if (/^[^/]+\/index\.[^/]+$/.test(path))
      problem(path, 1, 'Yeoman would take it for a generator: give it another name');
  }
}
