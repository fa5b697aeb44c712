import { Refusal } from '../../core/refusal.ts';
import type { Command } from '../command.ts';
import { bashCompletion } from '../completion/bash.ts';
import { fishCompletion } from '../completion/fish.ts';
import { zshCompletion } from '../completion/zsh.ts';
import { exit } from '../exit.ts';

const shells = { bash: bashCompletion, zsh: zshCompletion, fish: fishCompletion } as const;

/** `chain-upgrade completion SHELL`: a script that completes our command lines. */
export function completionCommand(commands: () => readonly Command[]): Command {
  return {
    name: 'completion',
    summary: 'print a script that completes command lines in a shell',
    argument: { name: 'bash|zsh|fish', help: 'the shell' },
    options: [],
    examples: ['completion bash'],
    async run(input, terminal) {
      const name = input.argument;
      if (name !== 'bash' && name !== 'zsh' && name !== 'fish')
        throw new Refusal('name the shell: chain-upgrade completion bash, zsh or fish');
      terminal.out(shells[name](commands()));
      return exit.done;
    },
  };
}
