import { effectsText } from '../../core/network/effects-text.ts';
import { sharedOptions } from '../../host/commands/options.ts';
import { plannedUpgrade } from '../../host/commands/plan.ts';
import type { Command, Option } from '../command.ts';
import { formatOf, formatOption } from '../command.ts';
import { exit } from '../exit.ts';
import { logTo } from '../messages.ts';
import { jsonText } from '../plan-json.ts';

/** The options that name a network. */
export const networkOptions: readonly Option[] = [
  {
    name: 'node',
    value: 'URL',
    help: "the REST address of one of the network's nodes (default: the lock, else the release)",
  },
  { name: 'network', value: 'ID', help: 'the chain id of the lock, where there are several' },
  sharedOptions.base,
];

/** `chain-upgrade plan [NAME]`: what the pending upgrade would do to a network. Writes nothing. */
export const planCommand: Command = {
  name: 'plan',
  summary: 'show what the pending upgrade would do to a network',
  argument: { name: 'NAME', help: 'the plan, where several are pending' },
  options: [sharedOptions.dir, sharedOptions.app, ...networkOptions, formatOption],
  examples: ['plan', 'plan v3 --node https://rest.example.org'],
  async run(input, terminal) {
    const format = formatOf(input, ['text', 'json']);
    const { effects, isPending } = await plannedUpgrade({
      dir: input.text('dir') ?? '.',
      app: input.text('app'),
      base: input.text('base'),
      network: input.text('network'),
      node: input.text('node'),
      plan: input.argument,
      tell: logTo(terminal),
    });
    terminal.out(format === 'json' ? jsonText(effects) : effectsText(effects, isPending));
    return exit.done;
  },
};
