import type { ChainFacts } from '../core/operate/facts.ts';
import { homeFiles } from '../core/operate/home-files.ts';
import { jsonObject } from '../core/operate/json-file.ts';
import type { VerifyRequest } from '../core/operate/look.ts';
import { lookAtHome } from '../core/operate/look.ts';
import type { NodeMachine, Observed } from '../core/operate/machine.ts';
import type { Verified } from '../core/operate/verify.ts';
import { attestation, verify } from '../core/operate/verify.ts';
import { Refusal } from '../core/refusal.ts';
import { isJsonObject } from '../core/rehearse/checks/check.ts';
import { openRest } from '../host/commands/node-rest.ts';
import type { Log } from '../host/commands/session.ts';
import type { NodeRpc } from '../host/rpc.ts';
import { openRpc } from '../host/rpc.ts';
import { readBinaryArchive } from './archive.ts';
import { chainState, upgradeStateOf } from './chain-state.ts';
import { thisMachine } from './machine.ts';
import { runVersion } from './run-version.ts';

/** What `verify` is asked for. */
export interface VerifyOptions extends VerifyRequest {
  readonly rpc: string | undefined;
  /** The REST address of a node. */
  readonly node: string | undefined;
  readonly attest: boolean;
  /** Takes notes for the user; they begin with their kind. */
  readonly tell: Log;
}

/** How many blocks the mean block time is taken from. */
const measuredBlocks = 100;

/** Looks at a node's home, and only looks. Throws one line where there is none. */
export async function verifyHome(
  options: VerifyOptions,
  machine: NodeMachine = thisMachine(),
): Promise<Verified> {
  const facts = await lookAtHome(machine, options, {
    chain: () => chainFacts(options),
    archive: readBinaryArchive,
    version: runVersion,
  });
  const verified = verify(facts);
  if (!options.attest) return verified;
  const ownNode = await nodeIdOf(machine, options.home);
  const attest = attestation(facts, verified, { ownNode, time: new Date().toISOString() });
  if (!('reason' in attest)) return { ...verified, attest };
  options.tell(`note: nothing is attested: ${attest.reason}`);
  return verified;
}

/** What a node says of the chain; a node that cannot be asked is observed as unread. */
async function chainFacts({ rpc, node }: VerifyOptions): Promise<Observed<ChainFacts>> {
  // What is no address at all is refused.
  const opened = rpc === undefined ? undefined : openRpc(rpc);
  if (node !== undefined) openRest(node);
  if (rpc === undefined && node === undefined) return { is: 'absent' };
  try {
    if (opened) return { is: 'there', value: await factsByRpc(opened) };
    const { chainId, height, plan, done } = await chainState({ node });
    return { is: 'there', value: { chainId, height, plan, done, blockSeconds: null, node: null } };
  } catch (error) {
    if (error instanceof Refusal) return { is: 'unread', why: error.message };
    throw error;
  }
}

async function factsByRpc(rpc: NodeRpc): Promise<ChainFacts> {
  const status = await rpc.status();
  const { height, plan, done } = await upgradeStateOf(rpc.query, rpc.host, 0);
  const { chainId, nodeId, consensusAddress } = status;
  const node = { nodeId, consensusAddress };
  return { chainId, height, plan, done, blockSeconds: await blockSecondsOf(rpc, status), node };
}

/** The mean of the last blocks; null where the node has not kept them. */
async function blockSecondsOf(
  rpc: NodeRpc,
  { height, time }: { readonly height: number; readonly time: number },
): Promise<number | null> {
  const since = Math.max(1, height - measuredBlocks);
  if (since >= height) return null;
  try {
    return (time - (await rpc.blockTime(since))) / 1000 / (height - since);
  } catch (error) {
    if (error instanceof Refusal) return null;
    throw error;
  }
}

/**
 * The id that a home's node has among its peers: the first 20 bytes of the hash of its public key,
 * which is the second half of an ed25519 key (cometbft/p2p/key.go). Undefined where it is not there.
 */
async function nodeIdOf(machine: NodeMachine, home: string): Promise<string | undefined> {
  const text = await machine.text(`${home}/${homeFiles.nodeKey}`);
  if (text.is !== 'there') return undefined;
  const { priv_key: key } = jsonObject(text.value, homeFiles.nodeKey);
  const value = isJsonObject(key) ? key['value'] : undefined;
  const bytes = Buffer.from(typeof value === 'string' ? value : '', 'base64');
  return bytes.length === 64
    ? machine.hashOf(bytes.subarray(32), 'sha256').slice(0, 40)
    : undefined;
}
