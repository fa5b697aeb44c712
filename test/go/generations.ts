import { join } from 'node:path';
import { projectRoot } from '../support/root.ts';
import { textsBelow } from '../support/temp.ts';
import { to047 } from './changes/0.47.ts';
import { to054 } from './changes/0.54.ts';
import { to055 } from './changes/0.55.ts';
import type { Changes, Shared } from './changes/changes.ts';
import { changed } from './changes/changes.ts';

/** What makes up an example chain. */
interface Made {
  /** Where its go.mod and go.sum are. */
  readonly modules: string;
  /** What it has otherwise than the chain on 0.50. */
  readonly changes: readonly Changes[];
  /** The module's store, in its migration. */
  readonly store: string;
}

const service = 'storeService.OpenKVStore(ctx)';

const made = {
  '0.47': { modules: 'generations/0.47', changes: [to047], store: 'ctx.KVStore(storeKey)' },
  '0.50': { modules: 'chain', changes: [], store: service },
  '0.53': { modules: 'generations/0.53', changes: [], store: service },
  '0.54': { modules: 'generations/0.54', changes: [to054], store: service },
  '0.55': { modules: 'generations/0.55', changes: [to054, to055], store: service },
} as const satisfies Readonly<Record<string, Made>>;

/** A generation of the SDK there is an example chain of. */
export type Generation = keyof typeof made;

/** The generations of the example chains, oldest first. */
export const generations = Object.keys(made) as readonly Generation[];

/** The Go text for the module's store in its migration. */
export function storeOf(generation: Generation): string {
  return made[generation].store;
}

/** The files of a shared folder as a generation has them, by their paths in it. */
export function filesOf(generation: Generation, shared: Shared): ReadonlyMap<string, string> {
  const { modules, changes } = made[generation];
  const files = changed(shared, textsIn(shared), changes);
  return shared === 'chain' ? new Map([...files, ...textsIn(modules)]) : files;
}

/** The files of a folder of test/go, by their paths in it. */
export function textsIn(folder: string): ReadonlyMap<string, string> {
  return textsBelow(join(projectRoot, 'test/go', folder));
}
