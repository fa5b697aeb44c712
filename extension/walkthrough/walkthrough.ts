import type { ExtensionContext, LogOutputChannel, Memento, Uri } from 'vscode';
import { commands, workspace } from 'vscode';
import type { Repositories } from '../repositories.ts';
import { isFreeWindow, isNewlyInstalled } from './first-window.ts';
import { lookForGo } from './go-state.ts';

/** The walkthrough's id, and those of steps that are opened by name, as in the manifest. */
const walkthroughId = 'getStarted';
type Step = 'lint';

/** What is kept over all windows: whether it was shown, and the example that is about to open. */
const shownKey = 'walkthrough.shown';
const exampleKey = 'walkthrough.example';

/** What of the extension the walkthrough needs. */
export type Extension = Pick<
  ExtensionContext,
  'extension' | 'extensionMode' | 'extensionUri' | 'globalState'
>;

/** The walkthrough "Get Started": shown once by itself at most, and again whenever it is asked for. */
export class Walkthrough {
  readonly extensionUri: Uri;
  private readonly extension: Extension;
  private readonly repositories: Pick<Repositories, 'find'>;
  private readonly log: LogOutputChannel;

  constructor(
    extension: Extension,
    repositories: Pick<Repositories, 'find'>,
    log: LogOutputChannel,
  ) {
    this.extension = extension;
    this.extensionUri = extension.extensionUri;
    this.repositories = repositories;
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

  /**
   * What a window does as it starts: goes on in a copy of the example that was made to be opened.
   * Else it opens the walkthrough, where the extension is new and nothing is at work; only the first
   * window of all may.
   */
  async greet(): Promise<void> {
    const folder = workspace.workspaceFolders?.[0]?.uri.toString();
    if (folder !== undefined && folder === this.memory.get<string>(exampleKey)) {
      await this.memory.update(exampleKey, undefined);
      await this.memory.update(shownKey, true);
      await markCopied();
      return this.open('lint');
    }
    if (this.memory.get<boolean>(shownKey)) return;
    await this.memory.update(shownKey, true);
    if (!(await isNewlyInstalled(this.extension)) || !(await isFreeWindow(this.repositories)))
      return;
    await this.open();
  }

  private get memory(): Memento {
    return this.extension.globalState;
  }
}

/** Lets the step be marked as done, in this window and for all to come. */
async function markCopied(): Promise<void> {
  await commands.executeCommand('setContext', 'chainUpgrade.exampleCopied', true);
}
