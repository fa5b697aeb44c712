import type { TextDocument } from 'vscode';
import { FileSystemError, FileType, Uri, workspace } from 'vscode';
import type { FileSource } from '../core/files.ts';
import { bom } from '../core/workspace/linted-repo.ts';

/**
 * The files of a folder as the developer sees them: those of the file system, which need be no
 * disk, with what is typed and not yet saved laid over. The list is made once; texts are always
 * those of the moment.
 */
export function workspaceFiles(root: Uri): FileSource {
  let listed: Promise<string[]> | undefined;
  return {
    async list() {
      listed ??= walk(root, '');
      const stored = await listed;
      const unsaved = unsavedDocuments().flatMap(document => uriBelow(root, document.uri) ?? []);
      return [...new Set([...stored, ...unsaved])];
    },
    async read(path) {
      const uri = Uri.joinPath(root, path);
      const bytes = await readBytes(uri);
      const stored = bytes && decode(bytes);
      const document = unsavedDocuments().find(d => d.uri.toString() === uri.toString());
      // A document has no byte order mark; saving puts the file's own back.
      return document ? (stored?.startsWith(bom) ? bom : '') + document.getText() : stored;
    },
  };
}

/** The path of a file relative to a folder, or undefined where it lies elsewhere. */
export function uriBelow(folder: Uri, file: Uri): string | undefined {
  const base = folder.path.endsWith('/') ? folder.path : `${folder.path}/`;
  const same = folder.scheme === file.scheme && folder.authority === file.authority;
  return same && file.path.startsWith(base) ? file.path.slice(base.length) : undefined;
}

/** A file's bytes, or undefined where there is no such file. */
export async function readBytes(uri: Uri): Promise<Uint8Array | undefined> {
  try {
    return await workspace.fs.readFile(uri);
  } catch (error) {
    if (
      error instanceof FileSystemError &&
      ['FileNotFound', 'FileIsADirectory', 'FileNotADirectory'].includes(error.code)
    )
      return undefined;
    throw error;
  }
}

/** What is at a place: a file, a folder, or nothing (undefined). */
export async function typeAt(uri: Uri): Promise<FileType | undefined> {
  try {
    return (await workspace.fs.stat(uri)).type;
  } catch (error) {
    if (error instanceof FileSystemError && error.code === 'FileNotFound') return undefined;
    throw error;
  }
}

/** Whether there is nothing in a folder, or nothing but folders without a file. */
export async function holdsNoFile(folder: Uri): Promise<boolean> {
  const entries = await workspace.fs.readDirectory(folder);
  const empty = entries.map(
    ([name, type]) => type === FileType.Directory && holdsNoFile(Uri.joinPath(folder, name)),
  );
  return (await Promise.all(empty)).every(Boolean);
}

const utf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

function decode(bytes: Uint8Array): string | undefined {
  try {
    return utf8.decode(bytes);
  } catch {
    return undefined;
  }
}

/** The documents with changes that are not saved, of files there are. */
export function unsavedDocuments(): TextDocument[] {
  return workspace.textDocuments.filter(document => document.isDirty && !document.isUntitled);
}

/** Links to folders are not followed: Go does not, and they may go in a circle. */
async function walk(folder: Uri, prefix: string): Promise<string[]> {
  const entries = await readDirectory(folder);
  const below = await Promise.all(
    entries.map(([name, type]) => {
      if (type === FileType.Directory)
        return isSkipped(name) ? [] : walk(Uri.joinPath(folder, name), `${prefix}${name}/`);
      return type & FileType.File ? [prefix + name] : [];
    }),
  );
  return below.flat();
}

async function readDirectory(folder: Uri): Promise<[string, FileType][]> {
  try {
    return await workspace.fs.readDirectory(folder);
  } catch (error) {
    // It may have vanished meanwhile; and repositories hold folders of databases that belong to
    // another user.
    if (error instanceof FileSystemError && ['FileNotFound', 'NoPermissions'].includes(error.code))
      return [];
    throw error;
  }
}

function isSkipped(folder: string): boolean {
  return folder.startsWith('.') || folder === 'node_modules' || folder === 'vendor';
}
