import type { ExtensionContext, LogOutputChannel, Memento, Uri } from 'vscode';
import { commands, workspace } from 'vscode';
import { lookForGo } from './go-state.ts';

/** The walkthrough's id, and those of steps that are opened by name, as in the manifest. */
const walkthroughId = 'getStarted';
type Step = 'lint';

/** What is kept over all windows: the example that is about to open. */
const exampleKey = 'walkthrough.example';

/** What of the extension the walkthrough needs. */
export type Extension = Pick<ExtensionContext, 'extension' | 'extensionUri' | 'globalState'>;

/** The walkthrough "Get Started". VS Code opens it itself where a user installs the extension. */
export class Walkthrough {
  readonly extensionUri: Uri;
  private readonly extension: Extension;
  private readonly log: LogOutputChannel;

  constructor(extension: Extension, log: LogOutputChannel) {
    this.extension = extension;
    this.extensionUri = extension.extensionUri;
    this.log = log;
  }

  /** Opens it, at the first step that is not done unless one is named. */
  async open(step?: Step): Promise<void> {
    await lookForGo(this.extensionUri, this.log);
    const category = `${this.extension.extension.id}#${walkthroughId}`;
    await commands.executeCommand(
      'workbench.action.openWalkthrough',
      step === undefined ? category : { category, step: `${category}#${step}` },
      false,
    );
  }

  /** Has the window that opens a copy of the example go on with the walkthrough there. */
  async follow(example: Uri): Promise<void> {
    await this.memory.update(exampleKey, example.toString());
    await markCopied();
  }

  /** What a window does as it starts: in a copy of the example that was made to be opened it goes on. */
  async greet(): Promise<void> {
    const folder = workspace.workspaceFolders?.[0]?.uri.toString();
    if (folder === undefined || folder !== this.memory.get<string>(exampleKey)) return;
    await this.memory.update(exampleKey, undefined);
    await markCopied();
    await this.open('lint');
  }

  private get memory(): Memento {
    return this.extension.globalState;
  }
}

/** Lets the step be marked as done, in this window and for all to come. */
async function markCopied(): Promise<void> {
  await commands.executeCommand('setContext', 'chainUpgrade.exampleCopied', true);
}
