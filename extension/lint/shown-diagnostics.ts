import type { DiagnosticCollection, Disposable, Uri } from 'vscode';
import { languages } from 'vscode';
import type { diagnosticsOf } from './diagnostics.ts';

/** The findings that the editor shows, by the repository that they are of. */
export class ShownDiagnostics implements Disposable {
  private readonly collection: DiagnosticCollection =
    languages.createDiagnosticCollection('chain-upgrade');
  private readonly files = new Map<string, readonly Uri[]>();

  /** Shows a repository's findings in place of its earlier ones. */
  show(root: string, diagnostics: ReturnType<typeof diagnosticsOf>): void {
    const now = new Set(diagnostics.map(([uri]) => uri.toString()));
    for (const uri of this.files.get(root) ?? [])
      if (!now.has(uri.toString())) this.collection.delete(uri);
    for (const [uri, list] of diagnostics) this.collection.set(uri, list);
    this.files.set(
      root,
      diagnostics.map(([uri]) => uri),
    );
  }

  /** Takes all away. */
  clear(): void {
    this.collection.clear();
    this.files.clear();
  }

  dispose(): void {
    this.collection.dispose();
  }
}
