import { createConnection, ProposedFeatures } from 'vscode-languageserver/node.js';
import { LanguageServer } from './server.ts';

/**
 * Serves an editor on two streams. It never ends by itself: the connection ends the process when
 * the editor says so, when the input ends, and when the editor's process is gone.
 */
export function startServer(
  input: NodeJS.ReadableStream,
  output: NodeJS.WritableStream,
): Promise<never> {
  new LanguageServer(createConnection(ProposedFeatures.all, input, output)).listen();
  return new Promise(() => {});
}
