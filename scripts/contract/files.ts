import type { CodeBase, Report } from './code-base.ts';

const longest = 400;

/** A file that nobody can read in one go holds more than one idea. */
export function ensureFilesAreSmall(codeBase: CodeBase, report: Report): void {
  for (const path of codeBase.paths) {
    if (!/\.(ts|mjs|js|cjs|mts|cts)$/.test(path)) continue;
    const lines = (codeBase.read(path) ?? '').split('\n').length - 1;
    if (lines <= longest) continue;
    report(path, longest + 1, `has ${lines} lines, ${longest} are the limit: split it by idea`);
  }
}

/** Yeoman takes every `<folder>/index.*` of a package for a generator. */
export function ensureNoStrayIndex(codeBase: CodeBase, report: Report): void {
  for (const path of codeBase.paths) {
    if (/^[^/]+\/index\.[^/]+$/.test(path))
      report(path, 1, 'Yeoman would take it for a generator: give it another name');
  }
}
