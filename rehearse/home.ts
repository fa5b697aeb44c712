import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Refusal } from '../core/refusal.ts';
import type { Json } from '../core/rehearse/genesis.ts';
import { bondDenom, firstProposal, mergePatch, votesPatch } from '../core/rehearse/genesis.ts';
import type { Ports } from '../core/rehearse/node-files.ts';
import { appToml, clientToml, configToml } from '../core/rehearse/node-files.ts';
import type { DaemonCommands } from './daemon-commands.ts';
import { freePorts } from './free-ports.ts';

/** EVM chains want a number before the dash. */
export const chainId = 'rehearsal_9000-1';
/** Milliseconds between blocks. */
export const blockTime = 300;
/** The key of the only validator. */
export const validator = 'validator';
// Enough for chains that count in 10^18 as well as for those that count in 10^6, and below what
// CometBFT takes as voting power.
const funds = '1000000000000000000000000';
const stake = '10000000000000000000000';

/** One validator's home, ready to start. */
export interface Home {
  readonly ports: Ports;
  readonly denom: string;
  readonly voteSeconds: number;
  readonly proposal: string;
}

/**
 * Makes a chain of one validator with the old binary's own commands. Throws where it takes more
 * than they do.
 */
export async function makeHome(node: DaemonCommands, patch: Json | undefined): Promise<Home> {
  await node.must('making a home', 'init', 'rehearsal', '--chain-id', chainId);
  await node.must(
    'making a key',
    'keys',
    'add',
    validator,
    '--keyring-backend',
    'test',
    '--output',
    'json',
  );
  const genesisFile = join(node.home, 'config/genesis.json');
  const read = (): Json => JSON.parse(readFileSync(genesisFile, 'utf8')) as Json;
  const write = (genesis: Json) => writeFileSync(genesisFile, JSON.stringify(genesis, null, 1));
  if (patch !== undefined) write(mergePatch(read(), patch));
  const denom = bondDenom(read());
  if (denom === undefined)
    throw new Refusal(
      'the fresh genesis names no app_state.staking.params.bond_denom: a chain without ' +
        'staking cannot be started by this recipe',
    );
  // A group of its own since 0.47, in some chains later.
  const group = (await node.try('genesis', 'gentx', '--help')).code === 0 ? ['genesis'] : [];
  const voteSeconds = Math.max(4, 2 + Math.ceil((node.slowest * 3) / 1000));
  const votes = mergePatch(read(), votesPatch(read(), { seconds: voteSeconds, denom }));
  write(patch === undefined ? votes : mergePatch(votes, patch));
  await node.must(
    'giving the validator funds',
    ...group,
    'add-genesis-account',
    validator,
    funds + denom,
    '--keyring-backend',
    'test',
  );
  await node.must(
    'making the first validator',
    ...group,
    'gentx',
    validator,
    stake + denom,
    '--chain-id',
    chainId,
    '--keyring-backend',
    'test',
  );
  await node.must('collecting the validators', ...group, 'collect-gentxs');
  const [rpc, p2p] = await freePorts(2);
  const ports = { rpc: rpc!, p2p: p2p! };
  configure(node.home, ports, denom);
  return { ports, denom, voteSeconds, proposal: firstProposal(read()) };
}

function configure(home: string, ports: Ports, denom: string): void {
  const change = (file: string, edit: (text: string) => string) => {
    const path = join(home, 'config', file);
    if (existsSync(path)) writeFileSync(path, edit(readFileSync(path, 'utf8')));
  };
  change('config.toml', text => configToml(text, ports, blockTime));
  change('app.toml', text => appToml(text, denom));
  change('client.toml', text => clientToml(text, chainId, ports));
}
