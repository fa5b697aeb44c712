import { dirname } from '../../files.ts';
import type { Repo } from '../repo/repo.ts';
import type { FileFacts } from '../source/facts.ts';
import type { ImportSpec } from './imports.ts';
import { qualifierOf, takenNames } from './imports.ts';

/**
 * The alias under which the chain's files near a folder import a path; undefined where none does.
 */
export function aliasInUse(repo: Repo, near: string, path: string): ImportSpec | undefined {
  const dirs = [...repo.packages.keys()].sort(
    (a, b) => sharedPrefix(b, near) - sharedPrefix(a, near),
  );
  for (const dir of dirs.slice(0, 60)) {
    for (const file of repo.packages.get(dir)!.files) {
      if (!repo.texts.get(file)!.includes(`"${path}"`)) continue;
      for (const block of repo.facts(file)!.imports) {
        const found = block.imports.find(
          i => i.path === path && i.alias !== '_' && i.alias !== '.',
        );
        if (found) return { path, alias: found.alias };
      }
    }
  }
  return undefined;
}

/** An import as used elsewhere, unless it goes by a name that says nothing about the module. */
export function telling(wanted: ImportSpec | undefined): ImportSpec | undefined {
  return wanted?.alias === undefined && /\/(types|keeper|exported|module)$/.test(wanted?.path ?? '')
    ? undefined
    : wanted;
}

function sharedPrefix(a: string, b: string): number {
  const [x, y] = [a.split('/'), b.split('/')];
  let n = 0;
  while (n < x.length && x[n] === y[n]) n++;
  return n * 100 - x.length;
}

/** An import for a path under a name that the file does not use for something else. */
export function freeImport(repo: Repo, facts: FileFacts, wanted: ImportSpec): ImportSpec {
  const dir = dirname(facts.path);
  const present = facts.imports
    .flatMap(b => b.imports)
    .find(i => i.path === wanted.path && i.alias !== '_' && i.alias !== '.');
  if (present) return { path: present.path, alias: present.alias };
  const taken = takenNames(repo, facts);
  const name = qualifierOf(repo, dir, wanted);
  if (!taken.has(name)) return wanted;
  for (let n = 2; ; n++)
    if (!taken.has(`${name}${n}`)) return { path: wanted.path, alias: `${name}${n}` };
}
