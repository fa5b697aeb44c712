import { commands, window } from 'vscode';
import type { ExtensionContext } from 'vscode';
import { commandTable } from './commands.ts';
import { lazyParser } from './parser.ts';
import { Repositories } from './repositories.ts';
import { reporting } from './report.ts';
import { registerPlaceLinks } from './understood/links.ts';
import { VirtualDocuments } from './virtual-documents.ts';

/** Starts the extension. VS Code hides what goes wrong here, so it is said. */
export function activate(context: ExtensionContext): Promise<void> {
  const log = window.createOutputChannel('Chain Upgrade', { log: true });
  context.subscriptions.push(log);
  return reporting(log, () => {
    const documents = new VirtualDocuments();
    const run = (action: () => Promise<void>) => reporting(log, action);
    const tools = { log, documents, repositories: new Repositories(lazyParser(context.extensionUri), log), run };
    context.subscriptions.push(documents, registerPlaceLinks(), ...Object.entries(commandTable).map(
      ([id, command]) => commands.registerCommand(id, () => run(() => command(tools))),
    ));
  });
}
