import type { Lock } from '../../core/lock/lock.ts';
import { lockFile, lockText } from '../../core/lock/lock.ts';
import { chainTexts } from './chains.ts';

/** What a network of the chain with two apps runs. */
function lockTexts(lock: Pick<Lock, 'chainId' | 'app' | 'stores' | 'modules' | 'upgrades'>) {
  const text = lockText({
    date: '2026-01-01',
    source: 'a test',
    sdk: { version: 'v0.50.13', generation: '0.50' },
    uncertainStores: [],
    ...lock,
  });
  return { [lockFile(lock.chainId)]: text };
}

const stores = ['acc', 'bank', 'staking', 'upgrade', 'consensus'];

/**
 * The chain with two apps, each with a network: consumer-1 has run the newest upgrade of its app,
 * provider-1 has not.
 */
export function twoNetworks(): Record<string, string> {
  return {
    ...chainTexts('single-two-apps'),
    ...lockTexts({
      chainId: 'consumer-1',
      app: 'app/consumer',
      stores,
      modules: {},
      upgrades: [{ name: 'v4-consumer', height: 10 }],
    }),
    ...lockTexts({
      chainId: 'provider-1',
      app: 'app/provider',
      stores,
      modules: { lease: 1 },
      upgrades: [],
    }),
  };
}
