import { resolve } from 'node:path';
import { hasErrors } from '../../core/operate/verify.ts';
import { verifyText } from '../../core/operate/verify-text.ts';
import { Refusal } from '../../core/refusal.ts';
import { verifyHome } from '../../operate/verify-home.ts';
import type { Command, Input } from '../command.ts';
import { formatOf, formatOption } from '../command.ts';
import { exit } from '../exit.ts';
import { logTo } from '../messages.ts';
import { jsonText } from '../plan-json.ts';

/** `chain-upgrade verify`: whether a node's home is ready for an upgrade. Needs no repository. */
export const verifyCommand: Command = {
  name: 'verify',
  summary: "check that a node's home is ready for an upgrade; only reads",
  options: [
    { name: 'home', value: 'DIR', help: "the node's home, which holds cosmovisor and data" },
    { name: 'upgrade', value: 'NAME', help: "the plan's name" },
    {
      name: 'cosmovisor',
      value: 'FILE|PID',
      help:
        "cosmovisor's environment: an environment file, a systemd unit (.service), its " +
        'config.toml, or the number of its process',
    },
    { name: 'manifest', value: 'FILE', help: "the release's manifest.json, with its checksums" },
    {
      name: 'archive',
      value: 'FILE',
      help: 'the archive that the binary was unpacked from, where only its checksum is published',
    },
    { name: 'rpc', value: 'URL', help: "the node's own RPC address: its plan, height and key" },
    { name: 'node', value: 'URL', help: 'the REST address of any node of the network, instead' },
    { name: 'run', help: 'also run the new binary with `version`, once its checksum is right' },
    { name: 'attest', help: 'print a line for the team where everything is in place' },
    formatOption,
  ],
  examples: ['verify --home ~/.simapp --upgrade v2', 'verify --home . --upgrade v2 --attest'],
  async run(input, terminal) {
    const format = formatOf(input, ['text', 'json']);
    const verified = await verifyHome({
      home: resolve(required(input, 'home', 'DIR')),
      upgrade: required(input, 'upgrade', 'NAME'),
      cosmovisor: fileOrNumber(input.text('cosmovisor')),
      manifest: absolute(input.text('manifest')),
      archive: absolute(input.text('archive')),
      rpc: input.text('rpc'),
      node: input.text('node'),
      run: input.flag('run'),
      attest: input.flag('attest'),
      tell: logTo(terminal),
    });
    terminal.out(format === 'json' ? jsonText(verified) : verifyText(verified));
    return hasErrors(verified) ? exit.findings : exit.done;
  },
};

function required(input: Input, name: string, value: string): string {
  const given = input.text(name);
  if (given === undefined) throw new Refusal(`verify needs --${name} ${value}`);
  return given;
}

function absolute(path: string | undefined): string | undefined {
  return path === undefined ? undefined : resolve(path);
}

function fileOrNumber(given: string | undefined): string | undefined {
  return given === undefined || /^\d+$/.test(given) ? given : resolve(given);
}
