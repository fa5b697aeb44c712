import type { ExtensionContext } from 'vscode';
import { commands, tasks, window, workspace } from 'vscode';
import { commandAliases, commandIds } from './command-ids.ts';
import type { Engine } from './engine.ts';
import { reporting } from './report.ts';

/** The type of our tasks, as in the manifest. */
const taskType = 'chain-upgrade';

let engine: Promise<Engine> | undefined;

/**
 * Starts the extension. The editor waits for this with its other extensions, so it only registers
 * what has to be there at once; the engine, which takes long to parse, is loaded afterwards, or by
 * what needs it first. VS Code hides what goes wrong here, so it is said.
 */
export function activate(context: ExtensionContext): Promise<void> {
  const log = window.createOutputChannel('Chain Upgrade', { log: true });
  context.subscriptions.push(log);
  const run = (action: () => Promise<void>) => reporting(log, action);
  engine = undefined;
  const load = () =>
    (engine ??= import('./engine.ts').then(
      ({ startEngine }) => startEngine(context, log, run),
      (error: unknown) => {
        // What could not be loaded now may be there at the next try.
        engine = undefined;
        throw error;
      },
    ));
  const withEngine = (action: (loaded: Engine) => Promise<void>) =>
    run(async () => action(await load()));
  return reporting(log, () => {
    context.subscriptions.push(
      ...commandIds.map(id =>
        commands.registerCommand(id, (given: unknown) =>
          withEngine(loaded => loaded.command(id, given)),
        ),
      ),
      ...Object.entries(commandAliases).map(([alias, id]) =>
        commands.registerCommand(alias, () => commands.executeCommand(id)),
      ),
      // The editor asks once, as soon as the extension is active.
      tasks.registerTaskProvider(taskType, {
        provideTasks: async token => (await load()).tasks.provideTasks(token),
        resolveTask: async (task, token) => (await load()).tasks.resolveTask(task, token),
      }),
      workspace.onDidChangeConfiguration(event => {
        if (event.affectsConfiguration('chainUpgrade.lint'))
          void withEngine(loaded => loaded.followSetting());
      }),
    );
    setTimeout(() => void withEngine(async () => {}), 0);
  });
}

/** VS Code waits for this before it ends: what a rehearsal started ends first. */
export async function deactivate(): Promise<void> {
  // Where it could not be loaded, that was said.
  const loaded = await engine?.catch(() => undefined);
  await loaded?.end();
}
