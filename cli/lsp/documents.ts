import { fileURLToPath, pathToFileURL } from 'node:url';
import { TextDocuments } from 'vscode-languageserver/node.js';
import { TextDocument } from 'vscode-languageserver-textdocument';
import type { FileSource } from '../../core/files.ts';
import { bom } from '../../core/workspace/linted-repo.ts';
import { pathBelow } from './paths.ts';

/** The documents that are open in the editor, with what is typed and not saved. */
export class OpenDocuments {
  readonly manager = new TextDocuments(TextDocument);

  /** The document of a file, by its absolute path. */
  at(path: string): TextDocument | undefined {
    return this.manager.all().find(({ uri }) => filePath(uri) === path);
  }

  /** The URI of a file: the editor's own where it has the file open. */
  uriOf(path: string): string {
    return this.at(path)?.uri ?? pathToFileURL(path).href;
  }

  /** Texts of the disk below a root, with those of open documents laid over. */
  over(root: string, disk: FileSource): FileSource {
    const open = () =>
      this.manager.all().flatMap(document => {
        const path = filePath(document.uri);
        const below = path === undefined ? undefined : pathBelow(root, path);
        return below === undefined ? [] : [{ path: below, text: document.getText() }];
      });
    return {
      async list() {
        const stored = await disk.list();
        return [...new Set([...stored, ...open().map(({ path }) => path)])];
      },
      async read(path) {
        const document = open().find(one => one.path === path);
        if (!document) return disk.read(path);
        // A document lacks the file's byte order mark.
        const stored = document.text.startsWith(bom) ? undefined : await disk.read(path);
        return stored?.startsWith(bom) ? bom + document.text : document.text;
      },
    };
  }
}

/** The absolute path behind a URI; undefined where it names no file of a disk. */
export function filePath(uri: string): string | undefined {
  if (!uri.startsWith('file:')) return undefined;
  try {
    return fileURLToPath(uri);
  } catch {
    return undefined;
  }
}
