import type { GoMod } from '../../go/repo/gomod.ts';
import type { Generation } from '../chain.ts';
import type { Witness } from './witness.ts';
import { witnessAmong } from './witness.ts';

export const sdkModule = 'github.com/cosmos/cosmos-sdk';
const tendermint = 'github.com/tendermint/tendermint';
const comet = 'github.com/cometbft/cometbft';

/** The generations in which x/upgrade and the store are modules beside the SDK. */
export const split: readonly Generation[] = ['0.50', '0.53'];
/** Those in which they are part of the SDK again, and the store is a second one. */
export const rejoined: readonly Generation[] = ['0.54', '0.55'];
/** Those before. */
export const joined: readonly Generation[] = [
  '0.39',
  '0.42',
  '0.43',
  '0.44',
  '0.45',
  '0.46',
  '0.47',
];

// Modules that were cut out of the SDK and put back.
const cutOut = ['upgrade', 'evidence', 'feegrant', 'circuit', 'nft'].map(
  name => `cosmossdk.io/x/${name}`,
);

/** What the modules of the SDK that a go.mod requires besides say: they came with 0.50. */
export function fromModules(mod: GoMod): Witness | undefined {
  if (mod.require.has(`${sdkModule}/store/v2`)) return witnessAmong(rejoined);
  if (!cutOut.some(path => mod.require.has(path))) return undefined;
  return witnessAmong(fromTransactions(mod) ?? split);
}

/**
 * Which of the two it is: 0.50 requires x/tx v0.13, 0.53 v0.14, and Go takes no older one than that.
 * A newer one may be another module's wish, so only the older one says for sure.
 */
function fromTransactions(mod: GoMod): readonly Generation[] | undefined {
  const path = 'cosmossdk.io/x/tx';
  const isReplaced = mod.replace.some(({ from }) => from === path);
  return !isReplaced && /^v0\.13\.\d+$/.test(mod.require.get(path) ?? '') ? ['0.50'] : undefined;
}

const byEngine: Readonly<Record<string, readonly Generation[]>> = {
  'tendermint 0.33': ['0.39'],
  'tendermint 0.34': ['0.42', '0.43', '0.44', '0.45', '0.46'],
  'cometbft 0.37': ['0.47'],
  'cometbft 0.38': split,
  'cometbft 0.39': ['0.54'],
  'cometbft 0.40': ['0.55'],
};

/**
 * What the consensus engine says. Of one that is replaced only the name counts: Tendermint became
 * CometBFT with 0.47.
 */
export function fromConsensusEngine(mod: GoMod): Witness | undefined {
  const [hasComet, hasTendermint] = [comet, tendermint].map(path => mod.require.has(path));
  if (hasComet) {
    const generations = byEngine[engineOf(mod, 'cometbft', comet)];
    if (generations) return witnessAmong(generations);
    return hasTendermint ? undefined : witnessAmong(['0.47', ...split, ...rejoined]);
  }
  if (!hasTendermint) return undefined;
  const generations = byEngine[engineOf(mod, 'tendermint', tendermint)];
  return witnessAmong(generations ?? joined.filter(generation => generation !== '0.47'));
}

/** An engine with its minor version, where that is required and not replaced. */
function engineOf(mod: GoMod, name: string, path: string): string {
  const isReplaced = mod.replace.some(({ from }) => from === path);
  const version = isReplaced ? undefined : mod.require.get(path);
  return `${name} ${/^v(0\.\d+)\./.exec(version ?? '')?.[1] ?? 'of any version'}`;
}
