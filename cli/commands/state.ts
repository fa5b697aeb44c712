import { resolve } from 'node:path';
import { homeState } from '../../core/operate/home-state.ts';
import { homeStateText, stateText } from '../../core/operate/state-text.ts';
import { Refusal } from '../../core/refusal.ts';
import { chainState } from '../../operate/chain-state.ts';
import { thisMachine } from '../../operate/machine.ts';
import type { Command, Input } from '../command.ts';
import { formatOf, formatOption } from '../command.ts';
import { exit } from '../exit.ts';
import { jsonText } from '../plan-json.ts';

/** `chain-upgrade state`: what a chain, or a node's home, says of upgrades. Needs no repository. */
export const stateCommand: Command = {
  name: 'state',
  summary: "print a chain's plan, applied plans and module versions, or what a node's home says",
  options: [
    { name: 'rpc', value: 'URL', help: "the RPC address of one of the network's nodes" },
    { name: 'node', value: 'URL', help: 'its REST address, instead of --rpc' },
    { name: 'height', value: 'H', help: 'the height to read at (default: the newest)' },
    { name: 'home', value: 'DIR', help: "read the files of a node's home instead" },
    formatOption,
  ],
  examples: ['state --rpc http://127.0.0.1:26657', 'state --home ~/.simapp --format json'],
  async run(input, terminal) {
    const format = formatOf(input, ['text', 'json']);
    const source = onlySource(input);
    if (source === 'home') {
      const state = await homeState(thisMachine(), resolve(input.text('home')!));
      terminal.out(format === 'json' ? jsonText(state) : homeStateText(state));
      return exit.done;
    }
    const { chainId, height, plan, done, modules, protocolVersion } = await chainState({
      [source]: input.text(source),
      height: heightOf(input),
    });
    const state = { chainId, height, plan, done, modules, protocolVersion };
    terminal.out(format === 'json' ? jsonText(state) : stateText(state));
    return exit.done;
  },
};

/** The one place that is read. */
function onlySource(input: Input): 'rpc' | 'node' | 'home' {
  const given = (['rpc', 'node', 'home'] as const).filter(name => input.text(name) !== undefined);
  if (given.length !== 1)
    throw new Refusal('give one of --rpc URL, --node URL and --home DIR, the place to read');
  const [source] = given;
  if (source === 'home' && input.text('height') !== undefined)
    throw new Refusal('--height is for a node: the files of a home have no other height');
  return source!;
}

function heightOf(input: Input): number | undefined {
  const given = input.text('height');
  if (given === undefined) return undefined;
  if (!/^[1-9]\d{0,14}$/.test(given))
    throw new Refusal(`--height ${JSON.stringify(given)} is no height: give a number from 1 on`);
  return Number(given);
}
