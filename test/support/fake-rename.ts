/** A place in a document, from 0. */
export interface FakePosition {
  readonly line: number;
  readonly character: number;
}

/** What renames symbols in an editor. */
export interface FakeRenameProvider {
  prepareRename(document: object, position: FakePosition): { readonly placeholder: string };
  provideRenameEdits(document: object, position: FakePosition, name: string): Promise<FakeEdit>;
}

/** A file of the editor, by its path. */
interface Placed {
  readonly path: string;
}

/** An edit of several files; what it asks for is noted in order. */
export class FakeEdit {
  readonly asked: (readonly [what: string, path: string, more: string])[] = [];

  replace({ path }: Placed, _range: unknown, text: string): void {
    this.asked.push(['replace', path, text]);
  }

  renameFile({ path }: Placed, to: Placed): void {
    this.asked.push(['rename', path, to.path]);
  }
}
