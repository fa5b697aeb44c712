import type { ExtensionContext, LogOutputChannel, TaskProvider } from 'vscode';
import { Uri, workspace } from 'vscode';
import type { CommandId } from './command-ids.ts';
import { commandTarget } from './command-target.ts';
import { commandTable } from './commands.ts';
import { InspectPages } from './inspect/inspect-pages.ts';
import { registerFixes } from './lint/actions.ts';
import { Linter } from './lint/lint.ts';
import { taskProvider } from './lint/tasks.ts';
import { lazyParser } from './parser.ts';
import { registerHovers } from './places/hovers.ts';
import { registerLenses } from './places/lenses.ts';
import { registerPlanNavigation } from './places/navigation.ts';
import { registerPlanRename } from './places/rename.ts';
import { Rehearsals } from './rehearse/rehearsals.ts';
import { Repositories } from './repositories.ts';
import type { ReportingRun, Tools } from './services.ts';
import { ChainView } from './view/chain-view.ts';
import { VirtualDocuments } from './virtual-documents.ts';
import { Walkthrough } from './walkthrough/walkthrough.ts';

/** All that the extension does. It is a bundle of its own, which is loaded after the activation. */
export interface Engine {
  readonly tasks: TaskProvider;
  /** Runs a command; `given` is what the caller of the command passed, of whatever kind. */
  command(id: CommandId, given: unknown): Promise<void>;
  /** Lints or stops, as the setting `chainUpgrade.lint` says. */
  followSetting(): Promise<void>;
  /** Ends what rehearsals started. */
  end(): Promise<void>;
}

/** Registers with the editor what needs the engine, and begins to lint where that is wanted. */
export function startEngine(
  context: ExtensionContext,
  log: LogOutputChannel,
  run: ReportingRun,
): Engine {
  const documents = new VirtualDocuments();
  const repositories = new Repositories(lazyParser(context.extensionUri), log);
  const rulePages = Uri.joinPath(context.extensionUri, 'docs/rules');
  const linter = new Linter(repositories, log, rulePages);
  const pages = new InspectPages(linter);
  const rehearsals = new Rehearsals(log);
  const walkthrough = new Walkthrough(context, log);
  const { version } = context.extension.packageJSON as { version: string };
  const tools: Tools = {
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
  );
  const engine: Engine = {
    tasks: taskProvider(repositories, linter, run),
    command: async (id, given) => commandTable[id](tools, commandTarget(given)),
    followSetting: async () => (isLintOn() ? linter.start() : linter.stop()),
    end: () => rehearsals.end(),
  };
  if (isLintOn()) void run(() => engine.followSetting());
  void run(() => walkthrough.greet());
  return engine;
}

function isLintOn(): boolean {
  return workspace.getConfiguration('chainUpgrade').get<boolean>('lint', true);
}
