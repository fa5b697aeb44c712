import { resolve } from 'node:path';
import type { Command } from '../command.ts';
import { exit } from '../exit.ts';
import { instructions } from '../mcp/instructions.ts';

/** `chain-upgrade mcp`: an MCP server, for agents. Ends with its client. */
export const mcpCommand: Command = {
  name: 'mcp',
  summary: 'an MCP server for agents, on standard input and output',
  options: [
    {
      name: 'dir',
      value: 'DIR',
      several: true,
      help:
        'a folder that agents may work in (repeatable; default: the roots of the client, else the ' +
        'current folder)',
    },
    {
      name: 'allow-rehearse',
      help: 'let agents build and run what the repository says, without asking each time',
    },
    { name: 'instructions', help: 'print what a model is told of the tools' },
  ],
  examples: ['mcp', 'mcp --dir ~/mychain --dir ~/otherchain'],
  async run(input, terminal) {
    if (input.flag('instructions')) {
      terminal.out(instructions);
      return exit.done;
    }
    const given = input.all('dir');
    const dirs = Array.isArray(given) ? given.map(dir => resolve(String(dir))) : [];
    const { startMcp } = await import('../mcp/server.ts');
    startMcp({ dirs, mayRehearse: input.flag('allow-rehearse') });
    return new Promise(() => {});
  },
};
