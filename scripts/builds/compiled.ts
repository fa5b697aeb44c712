import { existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import { join, relative, resolve } from 'node:path';
import type { Ask, Place, Said } from './ask.ts';
import { go, withoutPlace } from './go.ts';
import type { State } from './states.ts';

const minutes = { build: 40, vet: 20 };

/**
 * Has Go build the app and what was written, and vet the packages that were changed. An app that
 * does not build as it is is tried no further.
 */
export const compiled: Ask = (place, states) => {
  const before = go(place.module, minutes.build, 'build', place.packages);
  return { before, after: before.ok ? states.map(state => inState(place, state)) : [] };
};

function inState({ module, packages }: Place, { overlay, changed }: State): Said {
  const { ok, words, seconds } = go(
    module,
    minutes.build,
    'build',
    '-overlay',
    overlay,
    packages,
    ...changed,
  );
  return {
    words: ok
      ? vetFaults(module, overlay, changed)
      : words.map(line => inChain(line, module, overlay)),
    seconds,
  };
}

/** The compiler names the file that is laid over; what is meant is the chain's. */
function inChain(line: string, module: string, overlay: string): string {
  const { Replace: replace } = JSON.parse(readFileSync(overlay, 'utf8')) as {
    Replace: Record<string, string>;
  };
  return line.replace(/^((?:vet: )*)(\S+?)(?=:\d+:)/, (_, vet: string, path: string) => {
    const read = resolve(module, path);
    return (
      vet + relative(module, Object.keys(replace).find(file => replace[file] === read) ?? read)
    );
  });
}

/** What vet has against the changed packages, and had not against them before. */
function vetFaults(module: string, overlay: string, changed: readonly string[]): string[] {
  const there = changed.filter(dir => existsSync(join(module, dir)));
  const after = withFolders(
    changed.map(dir => join(module, dir)),
    () => go(module, minutes.vet, 'vet', '-overlay', overlay, ...changed),
  );
  if (after.ok) return [];
  const plain = (words: readonly string[]) => words.map(line => inChain(line, module, overlay));
  const before = new Set(
    there.length === 0
      ? []
      : plain(go(module, minutes.vet, 'vet', ...there).words).map(withoutPlace),
  );
  return plain(after.words)
    .filter(line => !before.has(withoutPlace(line)))
    .map(line => `vet: ${line}`);
}

/**
 * Runs something while those folders exist: vet goes into the folder of each package, though its
 * files are only laid over.
 */
function withFolders<T>(folders: readonly string[], run: () => T): T {
  const made = folders
    .map(folder => mkdirSync(folder, { recursive: true }))
    .filter(folder => folder !== undefined);
  try {
    return run();
  } finally {
    for (const folder of made) rmSync(folder, { recursive: true, force: true });
  }
}
