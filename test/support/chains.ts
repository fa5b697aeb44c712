import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { replaceOnce } from './edits.ts';
import { projectRoot } from './root.ts';

/** The small chains of test/chains, one folder each. */
export const chainsDir = join(projectRoot, 'test/chains');
export const chainNames: readonly string[] = readdirSync(chainsDir, { withFileTypes: true })
  .filter(e => e.isDirectory())
  .map(e => e.name)
  .sort();

/** The texts of a small chain by path, without what is expected of it. */
export function chainTexts(name: string): Record<string, string> {
  const texts: Record<string, string> = {};
  for (const path of filesBelow(join(chainsDir, name))) {
    if (path !== 'expected.json') texts[path] = readFileSync(join(chainsDir, name, path), 'utf8');
  }
  return texts;
}

/** A file of a small chain with another text in the only place that has it. */
export function changedText(name: string, file: string, before: string, after: string): string {
  return replaceOnce(file, chainTexts(name)[file]!, before, after);
}

/** Texts by path, without some of them. Throws where one of these is not there. */
export function without(
  texts: Readonly<Record<string, string>>,
  ...files: readonly string[]
): Record<string, string> {
  for (const file of files) {
    if (!(file in texts)) throw new Error(`there is no ${file} to leave out`);
  }
  return Object.fromEntries(Object.entries(texts).filter(([file]) => !files.includes(file)));
}

/** What a person read in the chain's sources. */
export function chainExpected(name: string): unknown {
  return JSON.parse(readFileSync(join(chainsDir, name, 'expected.json'), 'utf8'));
}

/** Every file below a folder, as paths with `/`. */
export function filesBelow(dir: string, prefix = ''): string[] {
  return readdirSync(join(dir, prefix), { withFileTypes: true })
    .sort((a, b) => (a.name < b.name ? -1 : 1))
    .flatMap(entry =>
      entry.isDirectory() ? filesBelow(dir, `${prefix}${entry.name}/`) : [`${prefix}${entry.name}`],
    );
}
