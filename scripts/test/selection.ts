import { relative, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import type { Run, Suite } from './suites.ts';

/** What `npm test` was asked to run. */
export interface Selection {
  readonly runs: readonly Run[];
  /** Whether the coverage of each run is printed. */
  readonly coverage: boolean;
  /** The text that titles have to hold, where one was given. */
  readonly grep: string | undefined;
}

/**
 * Reads the arguments of `npm test`: suites by name, test files or folders of them by path, and
 * options. Paths are taken from `cwd`, or else from `root`. Throws with one line where a name is
 * neither.
 */
export function readSelection(
  args: readonly string[],
  suites: readonly Suite[],
  { root, cwd }: { readonly root: string; readonly cwd: string },
): Selection {
  const { values, positionals } = parseArgs({
    args: [...args],
    allowPositionals: true,
    options: { grep: { type: 'string' }, coverage: { type: 'boolean', default: false } },
  });
  const chosen = new Map<Suite, readonly string[]>();
  const choose = (suite: Suite, files: readonly string[]) =>
    chosen.set(suite, [...new Set([...(chosen.get(suite) ?? []), ...files])]);

  for (const name of positionals) {
    const suite = suites.find(one => one.name === name);
    if (suite) choose(suite, suite.files);
    else for (const [owner, files] of filesNamed(name, suites, [cwd, root])) choose(owner, files);
  }
  if (positionals.length === 0) for (const suite of suites) choose(suite, suite.files);

  const { grep } = values;
  const runs = suites.flatMap(suite => {
    const files = chosen.get(suite);
    return files ? runsOf(suite, files, grep) : [];
  });
  return { runs, coverage: values.coverage, grep };
}

/** The files that a path names, by their suites. */
function filesNamed(
  name: string,
  suites: readonly Suite[],
  folders: readonly string[],
): readonly (readonly [Suite, readonly string[]])[] {
  const root = folders.at(-1)!;
  for (const folder of folders) {
    const path = relative(root, resolve(folder, name)).replaceAll('\\', '/');
    const found = suites
      .map(suite => [suite, suite.files.filter(file => isAtOrBelow(file, path))] as const)
      .filter(([, files]) => files.length > 0);
    if (found.length > 0) return found;
  }
  const names = suites.map(suite => suite.name).join(', ');
  throw new Error(`there is no suite and no test file "${name}"; the suites are ${names}`);
}

function isAtOrBelow(file: string, path: string): boolean {
  return file === path || file.startsWith(`${path}/`);
}

function runsOf(suite: Suite, files: readonly string[], grep: string | undefined): Run[] {
  if (grep === undefined && files.length === suite.files.length) return [suite];
  // Without files of its own a suite has no titles to look for.
  if (files.length === 0) return [];
  return [{ ...suite, args: suite.select(files, grep), mayBeEmpty: grep !== undefined }];
}
