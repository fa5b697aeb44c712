import { join } from 'node:path';
import { projectRoot } from '../support/root.ts';

/** What makes up an example chain. */
export interface Layers {
  /** The folders of the chain as it was released, each laid over the ones before. */
  readonly released: readonly string[];
  /** What the next version adds to that. */
  readonly next: readonly string[];
  /** The tests that make blocks with it. */
  readonly blocks: readonly string[];
  /** The module's store, in its migration. */
  readonly store: string;
}

const service = 'storeService.OpenKVStore(ctx)';

const layers = {
  '0.47': { released: ['chain', 'generations/0.47'], next: ['generations/0.47-next'], blocks: ['blocks', 'generations/0.47-blocks'], store: 'ctx.KVStore(storeKey)' },
  '0.50': { released: ['chain'], next: ['next'], blocks: ['blocks'], store: service },
  '0.53': { released: ['chain', 'generations/0.53'], next: ['next'], blocks: ['blocks'], store: service },
  '0.54': { released: ['chain', 'generations/0.54'], next: ['next'], blocks: ['blocks', 'generations/0.54-blocks'], store: service },
  '0.55': { released: ['chain', 'generations/0.54', 'generations/0.55'], next: ['next'], blocks: ['blocks', 'generations/0.54-blocks'], store: service },
} as const satisfies Readonly<Record<string, Layers>>;

/** A generation of the SDK there is an example chain of. */
export type Generation = keyof typeof layers;

/** The generations of the example chains, oldest first. */
export const generations = Object.keys(layers) as readonly Generation[];

/** Where the files of a generation's chain are. */
export function layersOf(generation: Generation): Layers {
  const { released, next, blocks, store } = layers[generation], paths = (names: readonly string[]) => names.map(name => join(projectRoot, 'test/go', name));
  return { released: paths(released), next: paths(next), blocks: paths(blocks), store };
}
