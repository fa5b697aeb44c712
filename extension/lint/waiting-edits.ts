import type { Disposable, TextDocument, Uri } from 'vscode';
import { workspace } from 'vscode';

/** How long nothing may be typed before the rules are applied, in milliseconds. */
const pause = 120;

/** Documents that were typed into a moment ago: each is taken once nothing is typed any more. */
export class WaitingEdits implements Disposable {
  private readonly take: (document: TextDocument) => void;
  private readonly timers = new Map<string, ReturnType<typeof setTimeout>>();

  constructor(take: (document: TextDocument) => void) {
    this.take = take;
  }

  /** A document was typed into. */
  wait(document: TextDocument): void {
    this.forget(document.uri);
    const taken = () => {
      this.forget(document.uri);
      this.take(document);
    };
    this.timers.set(document.uri.toString(), setTimeout(taken, pause));
  }

  /** Takes at once what waits. */
  takeAll(): void {
    for (const document of workspace.textDocuments) {
      if (!this.timers.has(document.uri.toString())) continue;
      this.forget(document.uri);
      this.take(document);
    }
  }

  /** What was typed into a document does not count any more. */
  forget(uri: Uri): void {
    const key = uri.toString();
    clearTimeout(this.timers.get(key));
    this.timers.delete(key);
  }

  dispose(): void {
    for (const timer of this.timers.values()) clearTimeout(timer);
    this.timers.clear();
  }
}
