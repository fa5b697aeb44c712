import { nodeAnswers } from './rest-node.ts';

/** What a network says to who proposes an upgrade; times in seconds. */
export interface GovNetwork {
  readonly chainId?: string;
  readonly sdk?: string;
  readonly height?: number;
  /** Of its newest block, in milliseconds. */
  readonly time?: number;
  /** Seconds from block to block; every second one takes `uneven` more. */
  readonly blocks?: number;
  readonly uneven?: number;
  readonly voting?: number;
  readonly deposit?: number;
  readonly expedited?: number | null;
  readonly authority?: string;
  readonly consensusAuthority?: string;
  readonly scheduled?: { readonly name: string; readonly height: string };
}

/** The REST answers of a node of such a network. */
export function govAnswers({
  chainId = 'tally-1',
  sdk = 'v0.50.13',
  height = 100_000,
  time = Date.now(),
  blocks = 6,
  uneven = 0,
  voting = 86_400,
  deposit = 172_800,
  expedited = 43_200,
  authority,
  consensusAuthority,
  scheduled,
}: GovNetwork): Record<string, unknown> {
  const params = {
    min_deposit: [{ denom: 'utally', amount: '5000000' }],
    max_deposit_period: `${deposit}s`,
    voting_period: `${voting}s`,
    ...(expedited !== null && {
      expedited_voting_period: `${expedited}s`,
      expedited_min_deposit: [{ denom: 'utally', amount: '25000000' }],
    }),
  };
  const info = nodeAnswers({ network: chainId });
  const [path = ''] = Object.keys(info);
  const node = info[path] as { application_version: object };
  const version = { ...node.application_version, cosmos_sdk_version: sdk };
  const answers: Record<string, unknown> = {
    [path]: { ...node, application_version: version },
    '/cosmos/gov/v1/params/deposit': { params },
    '/cosmos/gov/v1/params/voting': { params },
    '/cosmos/upgrade/v1beta1/current_plan': { plan: scheduled ?? null },
    ...(authority !== undefined && {
      '/cosmos/upgrade/v1beta1/authority': { address: authority },
    }),
    ...(consensusAuthority !== undefined && {
      '/cosmos/consensus/v1/params': { params: { authority: { authority: consensusAuthority } } },
    }),
  };
  const blockAnswer = (at: number) => {
    const back = height - at;
    const odd = Math.floor(back / 1000) % 2 === 1 ? uneven : 0;
    const made = new Date(time - (back * blocks + odd) * 1000).toISOString();
    return { block: { header: { height: String(at), time: made } } };
  };
  answers['/cosmos/base/tendermint/v1beta1/blocks/latest'] = blockAnswer(height);
  for (let i = 1; i <= 10; i++) {
    const at = height - 1000 * i;
    answers[`/cosmos/base/tendermint/v1beta1/blocks/${at}`] = blockAnswer(at);
  }
  return answers;
}
