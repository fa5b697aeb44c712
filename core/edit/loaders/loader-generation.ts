import type { App } from '../../chain/chain.ts';
import { Refusal } from '../../refusal.ts';
import type { GenerationFacts } from '../../sdk/generations.ts';
import { importsOfGeneration } from '../../sdk/generations.ts';

/**
 * The imports and signatures of the app's SDK generation, for a store loader; refuses where it is
 * unknown or has none.
 */
export function loaderGeneration({ sdk: { generation, gomod } }: App): GenerationFacts {
  if (generation === null)
    throw new Refusal(
      `cannot choose the imports: the Cosmos SDK version of ${gomod || 'this app'} is not known ` +
        '(a fork without a release version)',
    );
  const facts = importsOfGeneration(generation);
  if (!facts.storeLoader)
    throw new Refusal(
      `SDK ${generation} has no UpgradeStoreLoader: ` +
        'stores cannot be changed by an in-place upgrade there',
    );
  return facts;
}
