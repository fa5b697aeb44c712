import { readdir, readFile } from 'node:fs/promises';
import { join, sep } from 'node:path';
import type { Uri } from 'vscode';

/** Every file below a folder with its bytes; git's own left out. */
export async function treeOf(root: Uri): Promise<Record<string, string>> {
  const entries = await readdir(root.fsPath, { recursive: true, withFileTypes: true });
  const paths = entries
    .filter(entry => entry.isFile())
    .map(entry =>
      join(entry.parentPath, entry.name)
        .slice(root.fsPath.length + 1)
        .split(sep)
        .join('/'),
    );
  const kept = paths.filter(path => !path.startsWith('.git/')).sort();
  return Object.fromEntries(
    await Promise.all(
      kept.map(async path => [path, await readFile(join(root.fsPath, path), 'latin1')]),
    ),
  );
}

/** The files that are new, gone or different. */
export function changedFiles(
  before: Record<string, string>,
  after: Record<string, string>,
): string[] {
  return [...new Set([...Object.keys(before), ...Object.keys(after)])]
    .filter(path => before[path] !== after[path])
    .sort();
}
