import type { Dirent } from 'node:fs';
import { readdirSync, readlinkSync } from 'node:fs';
import { join } from 'node:path';
import type { OraivisorHome, TreeEntry } from '../../core/plan/machine.ts';
import { Refusal } from '../../core/refusal.ts';
import { reasonOf } from '../errors.ts';

/** `upgrades/NAME/bin/DAEMON`. */
const deepest = 4;

/** Reads what oraivisor keeps in a node's home. Throws one line where it keeps nothing there. */
export function readOraivisor(home: string): OraivisorHome {
  const top = join(home, 'oraivisor');
  const entries: TreeEntry[] = [];
  const walk = (below: string, depth: number): void => {
    for (const entry of listed(join(top, below))) {
      const path = below === '' ? entry.name : `${below}/${entry.name}`;
      const kind = kindOf(entry);
      entries.push({
        path,
        kind,
        ...(kind === 'link' && { target: readlinkSync(join(top, path)) }),
      });
      if (kind === 'folder' && depth < deepest) walk(path, depth + 1);
    }
  };
  walk('', 1);
  return { home, entries };
}

function listed(dir: string): Dirent[] {
  try {
    return readdirSync(dir, { withFileTypes: true }).sort((a, b) => (a.name < b.name ? -1 : 1));
  } catch (error) {
    throw new Refusal(`${dir} cannot be read: ${reasonOf(error)}`);
  }
}

function kindOf(entry: Dirent): TreeEntry['kind'] {
  if (entry.isSymbolicLink()) return 'link';
  if (entry.isDirectory()) return 'folder';
  return entry.isFile() ? 'file' : 'other';
}
