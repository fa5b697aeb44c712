import { effectsText } from '../../core/network/effects-text.ts';
import { Refusal } from '../../core/refusal.ts';
import type { StateReading } from '../../host/commands/network-base.ts';
import { sharedOptions } from '../../host/commands/options.ts';
import type { PlannedUpgrade } from '../../host/commands/plan.ts';
import { plannedUpgrade } from '../../host/commands/plan.ts';
import { findRoot } from '../../host/disk/root.ts';
import { takePlace } from '../../rehearse/rehearsal-folder.ts';
import { networkInState } from '../../rehearse/state/network-in-state.ts';
import type { Command, Option } from '../command.ts';
import { formatOf, formatOption } from '../command.ts';
import { exit } from '../exit.ts';
import { logTo } from '../messages.ts';
import { jsonText } from '../plan-json.ts';
import { stopping } from '../stopping.ts';

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
  options: [
    sharedOptions.dir,
    sharedOptions.app,
    ...networkOptions,
    {
      name: 'state',
      value: 'PATH',
      help:
        "a stopped node's home, its data folder or an archive of one, in place of the lock; Go " +
        'builds what reads it',
    },
    formatOption,
  ],
  examples: ['plan', 'plan v3 --node https://rest.example.org', 'plan --state ~/.gaia'],
  async run(input, terminal) {
    const format = formatOf(input, ['text', 'json']);
    const tell = logTo(terminal);
    const request = {
      dir: input.text('dir') ?? '.',
      app: input.text('app'),
      base: input.text('base'),
      network: input.text('network'),
      node: input.text('node'),
      plan: input.argument,
      tell,
    };
    const show = ({ effects, isPending }: PlannedUpgrade) => {
      terminal.out(format === 'json' ? jsonText(effects) : effectsText(effects, isPending));
      return exit.done;
    };
    const state = input.text('state');
    if (state === undefined) return show(await plannedUpgrade(request));
    const other = ['node', 'network'].find(name => input.text(name) !== undefined);
    if (other !== undefined)
      throw new Refusal(`--state and --${other} both say what the network runs: give one of them`);
    return stopping(terminal, async signal => {
      const place = takePlace();
      try {
        const root = await findRoot(request.dir);
        const readState: StateReading = (release, app) =>
          networkInState(state, release, app, { root, place, signal, tell });
        return show(await plannedUpgrade({ ...request, readState }));
      } finally {
        place.leave(false);
      }
    });
  },
};
