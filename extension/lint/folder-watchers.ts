import type { Disposable, Uri, WorkspaceFolder } from 'vscode';
import { RelativePattern, workspace } from 'vscode';

/** Files whose change may change what is found, as globs. */
const watched = [
  '*.go',
  'go.mod',
  'go.work',
  'app.yaml',
  'app_config.yaml',
  '.chain-upgrade.json',
  'upgrades.lock/*.json',
];

/** Watches the files of each folder of the workspace, of those that come later too. */
export class FolderWatchers implements Disposable {
  private readonly changed: (uri: Uri) => void;
  private readonly byFolder = new Map<string, readonly Disposable[]>();

  constructor(changed: (uri: Uri) => void) {
    this.changed = changed;
    this.follow();
  }

  /** Begins to watch the folders that came, and leaves those that went. */
  follow(): void {
    const folders = new Map(
      (workspace.workspaceFolders ?? []).map(folder => [folder.uri.toString(), folder]),
    );
    for (const key of [...this.byFolder.keys()].filter(known => !folders.has(known)))
      this.leave(key);
    for (const [key, folder] of folders)
      if (!this.byFolder.has(key)) this.byFolder.set(key, this.watch(folder));
  }

  dispose(): void {
    for (const key of [...this.byFolder.keys()]) this.leave(key);
  }

  private watch(folder: WorkspaceFolder): readonly Disposable[] {
    const watcher = workspace.createFileSystemWatcher(
      new RelativePattern(folder, `**/{${watched.join(',')}}`),
    );
    return [
      watcher,
      watcher.onDidChange(this.changed),
      watcher.onDidCreate(this.changed),
      watcher.onDidDelete(this.changed),
    ];
  }

  private leave(key: string): void {
    for (const disposable of this.byFolder.get(key) ?? []) disposable.dispose();
    this.byFolder.delete(key);
  }
}
