import type { Baseline } from '../../chain/baseline.ts';
import type { Module } from '../../chain/chain.ts';
import type { Repo } from '../../go/repo/repo.ts';
import type { LintedRepo } from '../linted-repo.ts';
import { plural } from './finding-counts.ts';

/** What changed in a module, a phrase for each release; empty where nothing did. */
export type ModuleChanges = (module: Module) => string[];

/**
 * Tells what changed in modules since each release whose code was read, such as `3 files changed
 * since v1.0.0`. A lock has no code, so it tells nothing.
 */
export function moduleChanges(linted: LintedRepo): ModuleChanges {
  const bases = linted.options().bases ?? [];
  const perBase = bases.flatMap(base => changesSince(linted.repo, base) ?? []);
  return module => perBase.flatMap(changesIn => changesIn(module) ?? []);
}

function changesSince(now: Repo, { ref, repo, chain }: Baseline) {
  if (!repo) return undefined;
  const before = [...repo.texts.keys()].filter(isCode);
  // All files are compared once, not for every module anew.
  const all = new Set([...before, ...[...now.texts.keys()].filter(isCode)]);
  const changed = [...all].filter(path => repo.texts.get(path) !== now.texts.get(path));
  return ({ name, dir }: Module): string | undefined => {
    const isIn = (path: string) => dir === '' || path.startsWith(`${dir}/`);
    if (!before.some(isIn)) {
      // It may have moved: only what no module of the release is called is new.
      const isKnown = chain.modules.some(module => module.name === name);
      return isKnown ? `moved since ${ref}` : `new since ${ref}`;
    }
    const count = changed.filter(isIn).length;
    return count === 0 ? undefined : `${plural(count, 'file')} changed since ${ref}`;
  };
}

function isCode(path: string): boolean {
  return path.endsWith('.go') && !path.endsWith('_test.go');
}
