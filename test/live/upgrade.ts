import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Home } from './home.ts';
import { chainId, daemon } from './home.ts';
import type { ProcessGroup } from './process-group.ts';
import { Rpc } from './rpc.ts';

/** Far enough for the vote of two seconds to end before. */
const blocksAhead = 40;

/** The gov module's address under the prefix `cosmos`, the same on every chain. */
export const gov = 'cosmos10d07y265gmmuvt4z0w9aw880jnsr700j6zn9kn';

/**
 * Waits until something holds; throws with the end of the log where it takes too long or the
 * process is gone.
 */
export async function waitFor(
  what: string,
  holds: () => boolean | Promise<boolean>,
  node: ProcessGroup,
  seconds = 60,
): Promise<void> {
  const end = Date.now() + seconds * 1000;
  while (!(await holds())) {
    const late = Date.now() > end ? `not within ${seconds} s` : undefined;
    const why = node.alive ? late : 'the process has ended';
    if (why) throw new Error(`${what}: ${why}\n${node.log().split('\n').slice(-25).join('\n')}`);
    await new Promise(done => setTimeout(done, 50));
  }
}

/**
 * Sends a transaction of the validator with the chain's own commands and waits until it is in a
 * block; throws the chain's words where it fails.
 */
export async function sendTransaction(
  binary: string,
  { dir, port }: Home,
  node: ProcessGroup,
  ...args: string[]
): Promise<void> {
  const what = args.join(' ');
  const flags = [
    ...['--from', 'val', '--chain-id', chainId, '--keyring-backend', 'test'],
    ...['--node', `tcp://127.0.0.1:${port}`, '--gas', '400000', '--yes', '--output', 'json'],
  ];
  await inBlock(what, daemon(binary, dir, 'tx', ...args, ...flags), new Rpc(port), node);
}

/**
 * Waits until a transaction is in a block, by what its command printed as JSON; throws the chain's
 * words where it fails.
 */
export async function inBlock(
  what: string,
  printed: string,
  rpc: Rpc,
  node: ProcessGroup,
): Promise<void> {
  const { txhash, code, raw_log } = JSON.parse(printed) as {
    txhash: string;
    code: number;
    raw_log: string;
  };
  if (code !== 0) throw new Error(`${what}: ${raw_log}`);
  let went: { code: number; log: string } | undefined;
  const isThere = async () => {
    went = await rpc.transaction(txhash);
    return went !== undefined;
  };
  await waitFor(what, isThere, node);
  if (went!.code !== 0) throw new Error(`${what}: ${went!.log}`);
}

/** Submits a proposal as a document and votes for it; `number` is the proposal's number. */
export async function propose(
  binary: string,
  home: Home,
  node: ProcessGroup,
  document: object,
  number: number,
): Promise<void> {
  const file = join(home.dir, 'proposal.json');
  writeFileSync(file, JSON.stringify(document));
  await sendTransaction(binary, home, node, 'gov', 'submit-proposal', file);
  await sendTransaction(binary, home, node, 'gov', 'vote', String(number), 'yes');
}

/**
 * Proposes a plan with the chain's own commands, votes for it and gives the height it is for;
 * `number` is the proposal's number.
 */
export async function proposeUpgrade(
  binary: string,
  home: Home,
  node: ProcessGroup,
  plan: string,
  number = 1,
): Promise<number> {
  const rpc = new Rpc(home.port);
  await waitFor('the first blocks', async () => (await rpc.height()) >= 2, node);
  const height = (await rpc.height()) + blocksAhead;
  const message = {
    '@type': '/cosmos.upgrade.v1beta1.MsgSoftwareUpgrade',
    authority: gov,
    plan: { name: plan, height: String(height), info: '' },
  };
  const texts = { deposit: '2stake', title: 'Upgrade', summary: 'Upgrade', metadata: '' };
  await propose(binary, home, node, { messages: [message], ...texts }, number);
  return height;
}
