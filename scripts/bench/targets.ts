import { existsSync, readdirSync, statSync } from 'node:fs';
import { basename, join } from 'node:path';

/** What is measured together, under one name: a checkout, or all example chains. */
export interface Target {
  readonly name: string;
  readonly roots: readonly string[];
}

/** The chains of the tests: small, but always there. */
export function examples(): Target {
  return { name: 'examples', roots: [...foldersIn('test/chains'), join('test', 'go', 'chain')] };
}

/** The checkout that a folder is, or those that it holds. */
export function targetsIn(dir: string): Target[] {
  if (!existsSync(dir) || !statSync(dir).isDirectory()) throw new Error(`${dir} is not a folder`);
  const single = { name: nameOf(dir), roots: [dir] };
  if (['go.mod', 'go.work', '.git'].some(file => existsSync(join(dir, file)))) return [single];
  // A repository may keep its Go code in one of its folders.
  const held = foldersIn(dir).filter(folder =>
    [folder, ...foldersIn(folder)].some(at => existsSync(join(at, 'go.mod'))),
  );
  return held.length > 1 ? held.map(root => ({ name: nameOf(root), roots: [root] })) : [single];
}

function foldersIn(dir: string): string[] {
  return readdirSync(dir, { withFileTypes: true })
    .filter(entry => entry.isDirectory() && !entry.name.startsWith('.'))
    .map(entry => join(dir, entry.name))
    .sort();
}

function nameOf(dir: string): string {
  return basename(dir).replace(/\s+/g, '_');
}
