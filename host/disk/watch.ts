import type { FSWatcher } from 'node:fs';
import { watch } from 'node:fs';
import { join } from 'node:path';

/** Folders that are watched until they are let go. */
export interface Watched {
  close(): void;
}

/**
 * Watches the files right inside some folders below a root; `changed` gets a file's path, relative
 * to the root, with `/`. A folder that cannot be watched is given to `failed`: the system may have
 * no watches left.
 */
export function watchFolders(
  root: string,
  folders: readonly string[],
  changed: (file: string) => void,
  failed: (folder: string) => void,
): Watched {
  const watchers: FSWatcher[] = [];
  for (const folder of folders) {
    try {
      const watcher = watch(join(root, folder), { persistent: false }, (_, name) => {
        if (name !== null) changed(folder === '' ? name : `${folder}/${name}`);
      });
      // A folder that is removed ends its watcher.
      watcher.on('error', () => watcher.close());
      watchers.push(watcher);
    } catch {
      failed(folder);
    }
  }
  return {
    close() {
      for (const watcher of watchers) watcher.close();
    },
  };
}
