import { prepareLock } from '../../host/commands/lock.ts';
import type { Command } from '../command.ts';
import { logTo } from '../messages.ts';
import { mayWrite, offer, writeOptions } from '../write.ts';

/** `chain-upgrade lock CHAIN-ID`: records what a network runs, as the baseline of lint. */
export const lockCommand: Command = {
  name: 'lock',
  summary: 'record what a network runs in upgrades.lock/CHAIN-ID.json, the baseline of lint',
  argument: { name: 'CHAIN-ID', help: 'the network (default: the network of the node at --node)' },
  options: [
    {
      name: 'node',
      value: 'URL',
      help:
        "the REST address of one of the network's nodes, " +
        'queried for module versions and applied plans',
    },
    {
      name: 'registry',
      value: 'FILE|URL',
      help: "the chain's versions.json in the chain-registry, for the plans that were applied",
    },
    ...writeOptions,
  ],
  examples: [
    'lock mychain-1',
    'lock --node https://rest.example.org --yes',
    'lock mychain-1 --registry versions.json',
  ],
  makesPlan: true,
  async run(input, terminal) {
    const options = mayWrite(input, terminal);
    const prepared = await prepareLock({
      dir: input.text('dir') ?? '.',
      app: input.text('app'),
      base: input.text('base'),
      chainId: input.argument,
      node: input.text('node'),
      registry: input.text('registry'),
      date: new Date().toISOString().slice(0, 10),
      tell: logTo(terminal),
    });
    return offer(prepared, options, terminal);
  },
};
