import type { Module } from '../chain/chain.ts';

/** The same module at the baseline: by name, in the same folder where there are several. */
export function sameModule(modules: readonly Module[], module: Module): Module | undefined {
  const named = modules.filter(m => m.name === module.name);
  return named.find(m => m.dir === module.dir) ?? (named.length === 1 ? named[0] : undefined);
}
