import { prepareLock } from '../../host/commands/lock.ts';
import type { Command } from '../command.ts';
import { mayWrite, offer, writeOptions } from '../write.ts';

/** `chain-upgrade lock CHAIN-ID`: writes down what a network runs, as the baseline of the lint. */
export const lockCommand: Command = {
  name: 'lock',
  summary: 'write down what a network runs: upgrades.lock/CHAIN-ID.json, the baseline of the lint',
  argument: { name: 'CHAIN-ID', help: 'the network; a node named with --node says it itself' },
  options: [
    {
      name: 'node',
      value: 'URL',
      help: "the REST address of one of the network's nodes: asked for module versions and applied plans",
    },
    ...writeOptions,
  ],
  async run(input, terminal) {
    const how = mayWrite(input, terminal);
    const prepared = await prepareLock({
      dir: input.text('dir') ?? '.',
      app: input.text('app'),
      base: input.text('base'),
      chainId: input.argument,
      node: input.text('node'),
      date: new Date().toISOString().slice(0, 10),
      tell: terminal.tell,
    });
    return offer(prepared, how, terminal);
  },
};
