import { basename } from 'node:path';
import type {
  Readiness,
  ReadinessInput,
  ReadyEvidence,
  SeenVersion,
  WantedSoftware,
} from '../core/operate/readiness.ts';
import { readinessOf } from '../core/operate/readiness.ts';
import { readReports } from '../core/operate/reports.ts';
import type { StakingValidator } from '../core/operate/staking.ts';
import { Refusal } from '../core/refusal.ts';
import type { Log } from '../host/commands/session.ts';
import { nodeAddress } from '../host/node-address.ts';
import type { NodeRpc } from '../host/rpc.ts';
import { openRpc } from '../host/rpc.ts';
import { askMany } from './ask-many.ts';
import type { Probed } from './endpoints.ts';
import { probe, readEndpoints, readLines } from './endpoints.ts';
import { stakingByRest, stakingByRpc, validatorSet } from './validator-set.ts';

/** What `readiness` is asked. */
export interface ReadinessOptions {
  readonly rpc: string;
  readonly wanted: WantedSoftware;
  /** A file of endpoints. */
  readonly endpoints: string | undefined;
  /** A REST address; without one x/staking is asked by the RPC. */
  readonly node: string | undefined;
  /** A file of lines that `verify --attest` printed. */
  readonly reports: string | undefined;
  readonly count: readonly ReadyEvidence[];
  readonly min: string;
  readonly parallel: number;
  /** For one answer, in milliseconds. */
  readonly timeout: number;
  readonly tell: Log;
}

/** On a chain whose validators are those of another. */
const otherKeys = 'x/staking knows none of the keys of this set';

/** Asks the network who its validators are, and each endpoint what it runs. */
export async function measureReadiness(options: ReadinessOptions): Promise<Readiness> {
  const { wanted, count, min, parallel, timeout } = options;
  // What is wrong with the files is said before anybody is asked.
  const endpoints =
    options.endpoints === undefined ? [] : readEndpoints(options.endpoints, timeout);
  const { reports, problems } =
    options.reports === undefined
      ? { reports: [], problems: [] }
      : readReports(readLines(options.reports, '--reports').join('\n'), basename(options.reports));
  const rpc = openRpc(options.rpc, timeout);
  const { chainId } = await rpc.status();
  const { height, validators: set } = await validatorSet(rpc);
  const staking = await stakingOf(rpc, options);
  if (staking.size > 0 && !set.some(({ address }) => staking.has(address)))
    options.tell(`note: signed evidence is not available: ${otherKeys}`);
  const probed = await askMany(endpoints, parallel, one => probe(one, chainId));
  const sorted = sortProbed(probed, new Set(set.map(({ address }) => address)));
  const input: ReadinessInput = {
    chainId,
    height,
    wanted,
    set,
    staking,
    seen: sorted.seen,
    reports,
    count,
    min,
    problems: [...sorted.problems, ...problems],
  };
  return readinessOf(input);
}

/** Signed evidence is not to be had on a chain without x/staking; that is said. */
async function stakingOf(
  rpc: NodeRpc,
  { node, timeout, count, tell }: ReadinessOptions,
): Promise<ReadonlyMap<string, StakingValidator>> {
  if (node !== undefined) {
    const address = nodeAddress(node, {
      option: '--node',
      example: 'https://rest.example.org',
      kind: 'REST',
      timeout,
    });
    return stakingByRest(address);
  }
  const staking = await stakingByRpc(rpc);
  if (!('reason' in staking)) return staking;
  if (count.length === 1 && count[0] === 'signed')
    throw new Refusal(`the chain lists no validators in x/staking (${staking.reason})`);
  tell(`note: signed evidence is not available: x/staking lists no validators (${staking.reason})`);
  return new Map();
}

/** What validators said, by their addresses, and what is wrong with the others. */
function sortProbed(probed: readonly Probed[], known: ReadonlySet<string>) {
  const seen = new Map<string, SeenVersion[]>();
  const problems: { endpoint: string; why: string }[] = [];
  for (const one of probed) {
    if ('why' in one) problems.push(one);
    else if (!known.has(one.address))
      problems.push({ endpoint: one.endpoint, why: 'it is no validator of this height' });
    else {
      const { endpoint, address, version } = one;
      seen.set(address, [...(seen.get(address) ?? []), { endpoint, version }]);
    }
  }
  return { seen, problems };
}
