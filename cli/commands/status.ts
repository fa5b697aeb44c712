import { hasDrift } from '../../core/network/status.ts';
import { statusText } from '../../core/network/status-text.ts';
import { sharedOptions } from '../../host/commands/options.ts';
import { statusOf } from '../../host/commands/status.ts';
import type { Command } from '../command.ts';
import { formatOf, formatOption } from '../command.ts';
import { exit } from '../exit.ts';
import { logTo } from '../messages.ts';
import { jsonText } from '../plan-json.ts';

/** `chain-upgrade status`: lock, code and node side by side. Writes nothing. */
export const statusCommand: Command = {
  name: 'status',
  summary: 'compare the lock of a network with the code, and with one of its nodes',
  options: [
    sharedOptions.dir,
    sharedOptions.app,
    {
      name: 'node',
      value: 'URL',
      help: "the REST address of one of the network's nodes (default: no node is asked)",
    },
    { name: 'network', value: 'ID', help: 'the chain id of the lock, where there are several' },
    { name: 'check', help: 'exit with 1 where they differ' },
    formatOption,
  ],
  examples: ['status', 'status --check'],
  async run(input, terminal) {
    const format = formatOf(input, ['text', 'json']);
    const status = await statusOf({
      dir: input.text('dir') ?? '.',
      app: input.text('app'),
      network: input.text('network'),
      node: input.text('node'),
      tell: logTo(terminal),
    });
    terminal.out(format === 'json' ? jsonText(status) : statusText(status));
    return input.flag('check') && hasDrift(status) ? exit.findings : exit.done;
  },
};
