import { join } from 'node:path';
import { projectRoot } from '../support/root.ts';

/** Generations of the SDK there is an example chain of, oldest first; the folders of its files, a later one over the earlier. */
const layers = {
  '0.50': ['chain'],
} as const;

export type Generation = keyof typeof layers;

/** The generations of the example chains, oldest first. */
export const generations = Object.keys(layers) as readonly Generation[];

/** The folders that make up a generation's chain: each laid over the ones before. */
export function layersOf(generation: Generation): readonly string[] {
  return layers[generation].map(layer => join(projectRoot, 'test/go', layer));
}
