import {
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  realpathSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, relative } from 'node:path';

const made: string[] = [];

// What `undo` remembers of folders without git is not the developer's own.
process.env['XDG_STATE_HOME'] = join(tmpdir(), `chain-upgrade-test-state-${process.pid}`);
made.push(process.env['XDG_STATE_HOME']);

/** A new folder with these files, gone when the process ends. */
export function tempDir(files: Readonly<Record<string, string | Uint8Array>> = {}): string {
  const dir = realpathSync(mkdtempSync(join(tmpdir(), 'chain-upgrade-test-')));
  made.push(dir);
  writeFiles(dir, files);
  return dir;
}

process.on('exit', () => {
  for (const dir of made) rmSync(dir, { recursive: true, force: true });
});

/** Writes files below a folder, with the folders they need. */
export function writeFiles(
  dir: string,
  files: Readonly<Record<string, string | Uint8Array>>,
): void {
  for (const [path, content] of Object.entries(files)) {
    mkdirSync(dirname(join(dir, path)), { recursive: true });
    writeFileSync(join(dir, path), content);
  }
}

/** The texts of the files below a folder, by their paths in it. */
export function textsBelow(
  dir: string,
  wanted: (file: string) => boolean = () => true,
): Map<string, string> {
  const entries = readdirSync(dir, { recursive: true, withFileTypes: true }).filter(entry =>
    entry.isFile(),
  );
  const files = entries
    .map(entry => relative(dir, join(entry.parentPath, entry.name)).replaceAll('\\', '/'))
    .filter(wanted);
  return new Map(files.map(file => [file, readFileSync(join(dir, file), 'utf8')]));
}

/**
 * Everything below a folder but `.git`: mode and bytes of files, targets of links, names of
 * folders. Two equal trees are byte-identical.
 */
export function treeOf(dir: string): Record<string, string> {
  const tree: Record<string, string> = {};
  for (const name of readdirSync(dir, { recursive: true, encoding: 'utf8' }).sort()) {
    if (name === '.git' || name.startsWith('.git/')) continue;
    const path = join(dir, name);
    const stat = lstatSync(path);
    const mode = (stat.mode & 0o7777).toString(8);
    if (stat.isSymbolicLink()) tree[name] = `link to ${readlinkSync(path)}`;
    else if (stat.isDirectory()) tree[name] = `folder ${mode}`;
    else tree[name] = `${mode} ${readFileSync(path, 'latin1')}`;
  }
  return tree;
}
