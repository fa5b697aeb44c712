/** JSON as it is parsed. */
export type Json =
  | null
  | boolean
  | number
  | string
  | readonly Json[]
  | { readonly [key: string]: Json };
type JsonObject = { readonly [key: string]: Json };

/** How votes are held in a rehearsal, in seconds, and what a deposit is paid in. */
export interface Votes {
  readonly seconds: number;
  readonly denom: string;
}

/** Applies a JSON merge patch (RFC 7396): null removes, objects merge, everything else replaces. */
export function mergePatch(target: Json, patch: Json): Json {
  if (!isObject(patch)) return patch;
  const merged: Record<string, Json> = isObject(target) ? { ...target } : {};
  for (const [key, value] of Object.entries(patch)) {
    if (value === null) delete merged[key];
    else merged[key] = mergePatch(merged[key] ?? null, value);
  }
  return merged;
}

/** The denomination that is staked, from a fresh genesis. */
export function bondDenom(genesis: Json): string | undefined {
  const denom = jsonAt(genesis, 'app_state', 'staking', 'params', 'bond_denom');
  return typeof denom === 'string' && denom ? denom : undefined;
}

/** The number the first proposal will have. */
export function firstProposal(genesis: Json): string {
  const id = jsonAt(genesis, 'app_state', 'gov', 'starting_proposal_id');
  return typeof id === 'string' || typeof id === 'number' ? String(id) : '1';
}

/**
 * The patch for votes of seconds, written to the parameters this genesis has: `params` since SDK
 * 0.47, `voting_params` and `deposit_params` before. An expedited vote has to be shorter and dearer
 * than a plain one (0.50 on).
 */
export function votesPatch(genesis: Json, { seconds, denom }: Votes): Json {
  const gov = jsonAt(genesis, 'app_state', 'gov');
  const params = jsonAt(gov ?? null, 'params');
  const coin = (amount: string): Json => [{ denom, amount }];
  const has = (key: string) => isObject(params) && key in params;
  const time = `${seconds}s`;
  if (isObject(params)) {
    return {
      app_state: {
        gov: {
          params: {
            voting_period: time,
            max_deposit_period: time,
            min_deposit: coin('1'),
            ...(has('expedited_voting_period') && { expedited_voting_period: `${seconds / 2}s` }),
            ...(has('expedited_min_deposit') && { expedited_min_deposit: coin('2') }),
            ...(has('min_deposit_ratio') && { min_deposit_ratio: '0.000000000000000000' }),
          },
        },
      },
    };
  }
  return {
    app_state: {
      gov: {
        voting_params: { voting_period: time },
        deposit_params: { max_deposit_period: time, min_deposit: coin('1') },
      },
    },
  };
}

/** What lies at a path of keys, or undefined. */
export function jsonAt(json: Json, ...keys: readonly string[]): Json | undefined {
  let here: Json | undefined = json;
  for (const key of keys) {
    if (!isObject(here)) return undefined;
    here = here[key];
  }
  return here;
}

function isObject(json: Json | undefined): json is JsonObject {
  return typeof json === 'object' && json !== null && !Array.isArray(json);
}
