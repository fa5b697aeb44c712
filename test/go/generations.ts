import { join } from 'node:path';
import { projectRoot } from '../support/root.ts';

/** The folders that make up an example chain, each laid over the ones before: as it was released, and what the next version adds to that. */
export interface Layers { readonly released: readonly string[]; readonly next: readonly string[] }

const layers = {
  '0.50': { released: ['chain'], next: ['next'] },
  '0.53': { released: ['chain', 'generations/0.53'], next: ['next'] },
  '0.54': { released: ['chain', 'generations/0.54'], next: ['next'] },
} as const satisfies Readonly<Record<string, Layers>>;

/** A generation of the SDK there is an example chain of. */
export type Generation = keyof typeof layers;

/** The generations of the example chains, oldest first. */
export const generations = Object.keys(layers) as readonly Generation[];

/** Where the files of a generation's chain are. */
export function layersOf(generation: Generation): Layers {
  const { released, next } = layers[generation], paths = (names: readonly string[]) => names.map(name => join(projectRoot, 'test/go', name));
  return { released: paths(released), next: paths(next) };
}
