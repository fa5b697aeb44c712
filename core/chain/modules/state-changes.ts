import { dirname, join } from '../../files.ts';
import type { Repo } from '../../go/repo/repo.ts';
import type { Module } from '../chain.ts';

/**
 * The keys of a module's state that are others than in an earlier reading of the repository: names
 * of prefixes that both have with different values, sorted. The types of what is stored are
 * generated code, which is not read.
 */
export function stateChanges(now: Repo, then: Repo, { dir }: Pick<Module, 'dir'>): string[] {
  // The module's own code may lie in a folder of its own, such as `x/bank/module`.
  const types = [dir, dirname(dir)]
    .map(root => join(root, 'types'))
    .find(folder => now.packages.has(folder));
  if (types === undefined) return [];
  const [is, was] = [now, then].map(repo => keysOf(repo, types));
  return [...is!]
    .filter(([name, value]) => was!.has(name) && was!.get(name) !== value)
    .map(([name]) => name)
    .sort();
}

/**
 * Prefixes of keys by their habitual names, with their values as comparable text; what events,
 * routes and stores are called is no state.
 */
function keysOf(repo: Repo, dir: string): Map<string, string> {
  return new Map(
    repo.filesOf(dir, /Key|Prefix/).flatMap(({ text, consts, vars }) =>
      [...consts, ...vars].flatMap(({ name, value }) => {
        const written = value
          ? text
              .slice(value.start, value.end)
              .replace(/\s+/g, ' ')
              .replace(/\b0[xX][0-9a-fA-F]+\b/g, hex => String(Number(hex)))
          : '';
        const isKey =
          /(Key|Prefix)s?$|^(Key|Prefix)/.test(name) &&
          !/Attribute|Event|Route|Querier|Module|Store/.test(name);
        return isKey &&
          (/^(\[\]byte[({]|collections\.NewPrefix\()/.test(written) ||
            (/KeyPrefix$/.test(name) && /^["`]/.test(written)))
          ? [[name, written] as const]
          : [];
      }),
    ),
  );
}
