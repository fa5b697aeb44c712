import type { Disposable, TextDocumentContentProvider } from 'vscode';
import { EventEmitter, type Uri, workspace } from 'vscode';

/** The scheme of documents that exist in the editor only. */
const scheme = 'chain-upgrade';

/** Read-only documents whose text the extension holds: what a plan would write. */
export class VirtualDocuments implements TextDocumentContentProvider, Disposable {
  private readonly changed = new EventEmitter<Uri>();
  private readonly texts = new Map<string, string>();
  readonly onDidChange = this.changed.event;
  // Last, because registering looks at onDidChange.
  private readonly registration = workspace.registerTextDocumentContentProvider(scheme, this);

  /**
   * Puts a text under the path of a real file or folder, so that editors label it the same and know
   * its language. Each `version` is a document of its own.
   */
  put(real: Uri, version: string, text: string): Uri {
    // The authority moves into the query: a remote one would send the editor to another machine.
    const uri = real.with({
      scheme,
      authority: '',
      query: `${version} ${real.scheme} ${real.authority}`,
    });
    this.texts.set(uri.toString(), text);
    this.changed.fire(uri);
    return uri;
  }

  drop(uri: Uri): void {
    this.texts.delete(uri.toString());
  }

  provideTextDocumentContent(uri: Uri): string | undefined {
    return this.texts.get(uri.toString());
  }

  dispose(): void {
    this.registration.dispose();
    this.changed.dispose();
  }
}
