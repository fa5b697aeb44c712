import type { Chain, Module } from '../chain/chain.ts';
import type { DeclaredMigration } from '../plan/task.ts';

/**
 * What is wrong with a migration that a plan was to bring about: the module's version must be one
 * higher, and exactly one more migration registered, from the version before.
 */
export function migrationFault(
  before: Chain,
  after: Chain,
  { dir, name, from, to }: DeclaredMigration,
): string | undefined {
  const find = ({ modules }: Chain) => modules.find(m => m.dir === dir && m.name === name);
  const module = find(after);
  if (module?.consensusVersion !== to) {
    return `the version of ${name} would be ${module?.consensusVersion ?? 'unknown'}, not ${to}`;
  }
  const wanted = [...versionsOf(find(before)), from].sort((a, b) => a - b);
  const found = versionsOf(module);
  if (found.join() === wanted.join()) return undefined;
  return `the migrations of ${name} would start from ${found.join(', ')}`;
}

function versionsOf(module: Module | undefined): number[] {
  return (module?.migrations ?? []).map(migration => migration.from);
}
