import type { Baseline } from '../../chain/baseline.ts';
import type { Module } from '../../chain/chain.ts';
import { dirname } from '../../files.ts';
import { memoize } from '../../go/repo/memoize.ts';
import type { Repo } from '../../go/repo/repo.ts';
import { plural } from '../../plural.ts';
import type { LintedRepo } from '../linted-repo.ts';

/** What changed in a module, a phrase for each release; empty where nothing did. */
export type ModuleChanges = (module: Module) => string[];

/**
 * Tells what changed in modules since each release whose code was read, such as `3 files changed
 * since v1.0.0`. A lock has no code, so it tells nothing.
 */
export function moduleChanges(linted: LintedRepo): ModuleChanges {
  const { repo } = linted;
  return module => linted.basesOfModule(module).flatMap(base => changesSince(repo, base, module));
}

function changesSince(now: Repo, { ref, repo, chain }: Baseline, { name, dir }: Module): string[] {
  if (!repo) return [];
  if (!memoize(repo, 'folders with code', () => foldersWithCode(repo)).has(dir)) {
    // It may have moved: only what no module of the release is called is new.
    const isKnown = chain.modules.some(module => module.name === name);
    return [isKnown ? `moved since ${ref}` : `new since ${ref}`];
  }
  const isIn = (path: string) => dir === '' || path.startsWith(`${dir}/`);
  const count = changedFiles(repo, now).filter(isIn).length;
  return count === 0 ? [] : [`${plural(count, 'file')} changed since ${ref}`];
}

/** Every folder that holds code, itself or below. */
function foldersWithCode({ texts }: Repo): ReadonlySet<string> {
  const folders = new Set<string>();
  for (const path of [...texts.keys()].filter(isCode)) {
    let folder = dirname(path);
    while (!folders.has(folder)) {
      folders.add(folder);
      folder = dirname(folder);
    }
  }
  return folders;
}

interface Compared {
  readonly now: Repo;
  readonly changed: readonly string[];
}

/** The last comparison with each release. */
const compared = new WeakMap<Repo, Compared>();

/**
 * The code that differs. From one key to the next a text or two change; the others are the very
 * same strings as before, and are not compared anew.
 */
function changedFiles(before: Repo, now: Repo): readonly string[] {
  const last = compared.get(before);
  if (last?.now === now) return last.changed;
  const known = new Set(last?.changed);
  const paths = new Set([...before.texts.keys(), ...now.texts.keys()].filter(isCode));
  const changed = [...paths].filter(path => {
    const text = now.texts.get(path);
    return last && last.now.texts.get(path) === text
      ? known.has(path)
      : before.texts.get(path) !== text;
  });
  compared.set(before, { now, changed });
  return changed;
}

function isCode(path: string): boolean {
  return path.endsWith('.go') && !path.endsWith('_test.go');
}
