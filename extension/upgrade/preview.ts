import { commands, Uri, window } from 'vscode';
import type { Plan } from '../../core/plan/plan.ts';
import type { VirtualDocuments } from '../virtual-documents.ts';

let version = 0;

/** One diff editor with everything a plan would write; nothing is written for it. */
export class Preview {
  private readonly documents: VirtualDocuments;
  private readonly title: string;
  private readonly shown: Uri[] = [];

  constructor(documents: VirtualDocuments, title: string) {
    this.documents = documents;
    this.title = title;
  }

  async open(root: Uri, { creates, edits }: Plan): Promise<void> {
    const after = (file: Uri, text: string) => {
      const uri = this.documents.put(file, `preview-${++version}`, text);
      this.shown.push(uri);
      return uri;
    };
    await commands.executeCommand('vscode.changes', this.title, [
      // What exists first: a slip there costs most.
      ...edits.map(({ file, after: text }) => [
        Uri.joinPath(root, file),
        Uri.joinPath(root, file),
        after(Uri.joinPath(root, file), text),
      ]),
      ...creates.map(({ file, text }) => [
        Uri.joinPath(root, file),
        undefined,
        after(Uri.joinPath(root, file), text),
      ]),
    ]);
  }

  async close(): Promise<void> {
    // The tab's label is the title and the number of files; its input says nothing.
    const tabs = window.tabGroups.all
      .flatMap(group => group.tabs)
      .filter(tab => tab.label === this.title || tab.label.startsWith(`${this.title} (`));
    await window.tabGroups.close(tabs);
    for (const uri of this.shown.splice(0)) this.documents.drop(uri);
  }
}
