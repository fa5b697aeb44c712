import { commands } from 'vscode';
import { read } from './host.ts';
import { until } from './until.ts';

/** How long a hover that was asked for gets, in milliseconds: asking again begins it anew. */
const patience = 2000;

/** Opens the hover at the cursor, and waits until it holds all texts. */
export async function showHover(...texts: string[]): Promise<void> {
  let asked = 0;
  await until(
    'the hover',
    async () => {
      if (Date.now() - asked > patience) {
        await commands.executeCommand('editor.action.showHover');
        asked = Date.now();
      }
      const shown = (await read('.monaco-hover')).join('\n');
      return texts.every(text => shown.includes(text));
    },
    20,
  );
}
