import type { Command } from '../command.ts';

/** `chain-upgrade lsp --stdio`: a language server, for editors. Ends with the editor. */
export const lspCommand: Command = {
  name: 'lsp',
  summary: 'a language server for editors, on standard input and output',
  options: [
    { name: 'stdio', help: 'speak on standard input and output, which is the only way there is' },
    // Some editors add it: the process whose end is ours.
    { name: 'clientProcessId', value: 'PID', help: 'the process of the editor', hidden: true },
  ],
  examples: ['lsp --stdio'],
  async run() {
    const { startServer } = await import('../lsp/start.ts');
    return startServer(process.stdin, process.stdout);
  },
};
