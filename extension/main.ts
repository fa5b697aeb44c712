import type { ExtensionContext } from 'vscode';
import { commands, Uri, window, workspace } from 'vscode';
import { commandTarget } from './command-target.ts';
import { commandAliases, commandTable } from './commands.ts';
import { InspectPages } from './inspect/inspect-pages.ts';
import { registerFixes } from './lint/actions.ts';
import { Linter } from './lint/lint.ts';
import { registerTasks } from './lint/tasks.ts';
import { lazyParser } from './parser.ts';
import { registerHovers } from './places/hovers.ts';
import { registerLenses } from './places/lenses.ts';
import { registerPlanNavigation } from './places/navigation.ts';
import { registerPlanRename } from './places/rename.ts';
import { Rehearsals } from './rehearse/rehearsals.ts';
import { reporting } from './report.ts';
import { Repositories } from './repositories.ts';
import { ChainView } from './view/chain-view.ts';
import { VirtualDocuments } from './virtual-documents.ts';
import { Walkthrough } from './walkthrough/walkthrough.ts';

let end = (): Promise<void> => Promise.resolve();

/** Starts the extension. VS Code hides what goes wrong here, so it is said. */
export function activate(context: ExtensionContext): Promise<void> {
  const log = window.createOutputChannel('Chain Upgrade', { log: true });
  context.subscriptions.push(log);
  return reporting(log, () => {
    const documents = new VirtualDocuments();
    const run = (action: () => Promise<void>) => reporting(log, action);
    const repositories = new Repositories(lazyParser(context.extensionUri), log);
    const rulePages = Uri.joinPath(context.extensionUri, 'docs/rules');
    const linter = new Linter(repositories, log, rulePages);
    const pages = new InspectPages(linter);
    const rehearsals = new Rehearsals(log);
    end = () => rehearsals.end();
    const { version } = context.extension.packageJSON as { version: string };
    const walkthrough = new Walkthrough(context, log);
    const tools = {
      log,
      documents,
      repositories,
      linter,
      pages,
      rehearsals,
      walkthrough,
      version,
      run,
    };
    context.subscriptions.push(
      documents,
      linter,
      pages,
      rehearsals,
      new ChainView(linter),
      registerFixes(linter),
      registerLenses(linter),
      registerHovers(linter),
      registerPlanNavigation(linter),
      registerPlanRename(linter, log),
      registerTasks(repositories, linter, run),
      ...Object.entries(commandTable).map(([id, command]) =>
        commands.registerCommand(id, (given: unknown) =>
          run(async () => command(tools, commandTarget(given))),
        ),
      ),
      ...Object.entries(commandAliases).map(([alias, id]) =>
        commands.registerCommand(alias, () => commands.executeCommand(id)),
      ),
    );
    const followSetting = () => void run(async () => (isLintOn() ? linter.start() : linter.stop()));
    context.subscriptions.push(
      workspace.onDidChangeConfiguration(
        event => event.affectsConfiguration('chainUpgrade.lint') && followSetting(),
      ),
    );
    if (isLintOn()) followSetting();
    void run(() => walkthrough.greet());
  });
}

function isLintOn(): boolean {
  return workspace.getConfiguration('chainUpgrade').get<boolean>('lint', true);
}

/** VS Code waits for this before it ends: what a rehearsal started ends first. */
export function deactivate(): Promise<void> {
  return end();
}
