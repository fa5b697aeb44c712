import type { Coin } from './coins.ts';

/** How long a chain deliberates, in seconds, and what a proposal has to deposit. */
export interface GovParams {
  readonly depositPeriod: number;
  readonly votingPeriod: number;
  readonly minDeposit: readonly Coin[];
  /** Of a proposal that is expedited; undefined where the SDK knows none. */
  readonly expedited:
    | { readonly votingPeriod: number; readonly minDeposit: readonly Coin[] }
    | undefined;
}

/**
 * The REST paths that a node may answer for its gov parameters, newest first: `/cosmos/gov/v1` from
 * SDK 0.46 on (which still keeps them apart), `/cosmos/gov/v1beta1` from 0.40 on, and amino's in
 * 0.39. Those of one row together say all.
 */
export const govParamPaths: readonly (readonly string[])[] = [
  ['/cosmos/gov/v1/params/deposit', '/cosmos/gov/v1/params/voting'],
  ['/cosmos/gov/v1beta1/params/deposit', '/cosmos/gov/v1beta1/params/voting'],
  ['/gov/parameters/deposit', '/gov/parameters/voting'],
];

/** Reads a node's answers to one row of `govParamPaths`; undefined where they lack something. */
export function readGovParams(answers: readonly unknown[]): GovParams | undefined {
  const fields = answers.flatMap(answer => {
    const { params, deposit_params, voting_params, result } = record(answer);
    return [params, deposit_params, voting_params, result].map(record);
  });
  const first = <T>(read: (part: Record<string, unknown>) => T | undefined): T | undefined =>
    fields.map(read).find(value => value !== undefined);
  const depositPeriod = first(part => seconds(part['max_deposit_period']));
  const votingPeriod = first(part => seconds(part['voting_period']));
  const minDeposit = first(part => coins(part['min_deposit']));
  if (depositPeriod === undefined || votingPeriod === undefined || !minDeposit) return undefined;
  const fastVoting = first(part => seconds(part['expedited_voting_period']));
  const fastDeposit = first(part => coins(part['expedited_min_deposit']));
  const expedited =
    fastVoting !== undefined && fastDeposit
      ? { votingPeriod: fastVoting, minDeposit: fastDeposit }
      : undefined;
  return { depositPeriod, votingPeriod, minDeposit, expedited };
}

/** A duration of protobuf JSON (`172800s`), or amino's nanoseconds; 0 says that it is not set. */
function seconds(value: unknown): number | undefined {
  if (typeof value !== 'string') return undefined;
  const [, text, unit] = /^(\d+(?:\.\d+)?)(s?)$/.exec(value) ?? [];
  if (text === undefined) return undefined;
  const number = unit === 's' ? Number(text) : Number(text) / 1e9;
  return number > 0 && number < 1e10 ? number : undefined;
}

function coins(value: unknown): readonly Coin[] | undefined {
  if (!Array.isArray(value) || value.length === 0) return undefined;
  const read = value.map(record).map(({ denom, amount }) => ({ denom, amount }));
  const isCoin = (one: { denom: unknown; amount: unknown }): one is Coin =>
    typeof one.denom === 'string' && typeof one.amount === 'string' && /^\d+$/.test(one.amount);
  return read.every(isCoin) ? read : undefined;
}

function record(value: unknown): Record<string, unknown> {
  return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {};
}
