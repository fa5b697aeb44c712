import type { FileChangeEvent, FileStat, FileSystemProvider } from 'vscode';
import { EventEmitter, FileSystemError, FileType, type Uri } from 'vscode';

/** A file system without a disk, as virtual workspaces have it. */
export class MemoryFs implements FileSystemProvider {
  readonly files = new Map<string, { bytes: Uint8Array; mtime: number }>();
  private readonly changed = new EventEmitter<FileChangeEvent[]>();
  readonly onDidChangeFile = this.changed.event;

  watch() {
    return {
      dispose() {
        /* nothing is watched */
      },
    };
  }

  stat(uri: Uri): FileStat {
    const file = this.files.get(uri.path);
    if (file) return { type: FileType.File, ctime: 0, mtime: file.mtime, size: file.bytes.length };
    if (this.readDirectory(uri).length > 0)
      return { type: FileType.Directory, ctime: 0, mtime: 0, size: 0 };
    throw FileSystemError.FileNotFound(uri);
  }

  readDirectory(uri: Uri): [string, FileType][] {
    const prefix = uri.path.replace(/\/?$/, '/');
    const entries = new Map<string, FileType>();
    for (const path of this.files.keys()) {
      if (!path.startsWith(prefix)) continue;
      const [name, ...deeper] = path.slice(prefix.length).split('/');
      entries.set(name!, deeper.length > 0 ? FileType.Directory : FileType.File);
    }
    return [...entries];
  }

  readFile(uri: Uri): Uint8Array {
    const file = this.files.get(uri.path);
    if (!file) throw FileSystemError.FileNotFound(uri);
    return file.bytes;
  }

  writeFile(uri: Uri, bytes: Uint8Array): void {
    this.files.set(uri.path, { bytes, mtime: Date.now() });
  }

  delete(uri: Uri): void {
    this.files.delete(uri.path);
  }

  createDirectory(): void {
    /* folders are where their files are */
  }

  rename(): void {
    throw FileSystemError.NoPermissions();
  }
}
