import type { UpgradeAnswers, UpgradeState } from '../core/operate/state.ts';
import { readUpgradeState, upgradeKeys } from '../core/operate/state.ts';
import { Refusal } from '../core/refusal.ts';
import { openRest } from '../host/commands/node-rest.ts';
import { oneLine } from '../host/node-address.ts';
import { restQuery } from '../host/rest-query.ts';
import type { StateQuery } from '../host/rpc.ts';
import { openRpc } from '../host/rpc.ts';

/** What a chain's x/upgrade keeps at one height. */
export interface ChainState extends UpgradeState {
  readonly chainId: string;
  readonly height: number;
}

/** A node, by one of its addresses. */
export interface StateSource {
  readonly rpc?: string | undefined;
  /** Its REST address. */
  readonly node?: string | undefined;
  /** Default: the newest. */
  readonly height?: number | undefined;
}

/** Asks a node what x/upgrade keeps. Throws one line where it cannot be asked. */
export async function chainState(source: StateSource): Promise<ChainState> {
  const { rpc, node, height = 0 } = source;
  if (rpc !== undefined) {
    const opened = openRpc(rpc);
    const { chainId } = await opened.status();
    return { chainId, ...(await upgradeStateOf(opened.query, opened.host, height)) };
  }
  if (node === undefined) throw new Error('neither --rpc nor --node');
  const { chainId } = await openRest(node).info();
  const { query, host } = restQuery(node);
  return { chainId, ...(await upgradeStateOf(query, host, height)) };
}

/**
 * Reads x/upgrade's store by queries of its own, which no gRPC query of an SDK replaces: none lists
 * the plans that were applied. All four answers are of the same height.
 */
export async function upgradeStateOf(
  query: StateQuery,
  host: string,
  height: number,
): Promise<UpgradeState & { readonly height: number }> {
  const first = await entriesBelow(query, host, 'plan', height);
  const at = first.height > 0 ? first.height : height;
  const answers: Record<keyof UpgradeAnswers, Uint8Array> = {
    plan: first.value,
    done: (await entriesBelow(query, host, 'done', at)).value,
    modules: (await entriesBelow(query, host, 'modules', at)).value,
    protocol: (await entriesBelow(query, host, 'protocol', at)).value,
  };
  try {
    return { height: at, ...readUpgradeState(answers) };
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    throw new Refusal(`what ${host} gave of x/upgrade's store cannot be read: ${error.message}`);
  }
}

async function entriesBelow(
  query: StateQuery,
  host: string,
  key: keyof typeof upgradeKeys,
  height: number,
): Promise<{ readonly value: Uint8Array; readonly height: number }> {
  const answer = await query('/store/upgrade/subspace', Uint8Array.of(upgradeKeys[key]), height);
  if (answer.code === 0) return answer;
  const at = height > 0 ? ` at height ${height}` : '';
  const pruned =
    height > 0 ? '; the node may have pruned that height: ask one that keeps history' : '';
  const words = oneLine(answer.log) || `code ${answer.code}`;
  throw new Refusal(`${host} does not give x/upgrade's store${at}: ${words}${pruned}`);
}
