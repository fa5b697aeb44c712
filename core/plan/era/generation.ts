import type { App } from '../../chain/chain.ts';
import { Refusal } from '../../refusal.ts';
import type { Generation } from '../../sdk/generations.ts';
import { generationIsBefore } from '../../sdk/generations.ts';

/** The generation that eras are written for. Throws `Refusal` where it has none. */
export function generationFor({ sdk: { generation } }: App): Generation {
  if (generation === null || generationIsBefore(generation, '0.47'))
    throw new Refusal(
      'eras are written for the Cosmos SDK 0.47 to 0.55; this chain is on ' +
        (generation ?? 'one that could not be determined'),
    );
  return generation;
}
