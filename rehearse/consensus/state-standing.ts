import { bondedRequest, bondedValidators, stateTip } from '../../core/rehearse/abci/state-tip.ts';
import type { AbciApp } from './app.ts';
import { nodeHashes } from './hashes.ts';
import type { Standing } from './standing.ts';

/** What a state says of its chain that the app does not. */
export interface StateOfChain {
  readonly chainId: string;
  /** The time of its last block, in milliseconds since 1970. */
  readonly time: number;
}

/** Where the chain of a state stands that an app has loaded: its bonded validators make blocks. */
export async function standingOn(app: AbciApp, { chainId, time }: StateOfChain): Promise<Standing> {
  const { code, value } = await app.query(
    '/cosmos.staking.v1beta1.Query/Validators',
    bondedRequest,
  );
  // Without staking nobody signs, and the app sees nobody missing.
  const validators = code === 0 ? bondedValidators(value, nodeHashes) : [];
  return { tip: stateTip(await app.info(), { chainId, time, validators }) };
}

/** Where a chain stands after its state was changed by hand, which is a height of its own. */
export async function standingAfterChange(app: AbciApp, { tip }: Standing): Promise<Standing> {
  const { height, appHash } = await app.info();
  return { tip: { ...tip, height, appHash } };
}
