import { createHash } from 'node:crypto';
import type {
  NodeMachine,
  Observed,
  PathEntry,
  RunningProcess,
} from '../../core/operate/machine.ts';

/** What lies at a path of a machine that is data. */
export interface FakeEntry {
  readonly content?: string | Uint8Array;
  /** A folder without content of its own. */
  readonly folder?: boolean;
  /** Where a link leads, as it is written. */
  readonly link?: string;
  readonly mode?: number;
  readonly uid?: number;
  readonly gid?: number;
  /** Why it may not be looked at. */
  readonly unread?: string;
}

/** A machine as data: paths with what lies there; the folders that lead to them are there too. */
export interface FakeMachine {
  entries: Record<string, FakeEntry>;
  processes: RunningProcess[];
  freeBytes: number;
  /** The user whom all belongs that names no other. */
  uid: number;
  arch: string;
}

/** Looks at that data as the real one looks at a disk. */
export function machineOf(data: FakeMachine): NodeMachine {
  const disk = new FakeDisk(data);
  const bytesAt = (path: string) => disk.seen(path, entry => Buffer.from(entry.content ?? ''));
  const hashOf = (bytes: Uint8Array, kind: string) => createHash(kind).update(bytes).digest('hex');
  const later = <T>(value: T) => Promise.resolve(value);
  return {
    os: 'linux',
    arch: data.arch,
    today: [2026, 5, 4],
    entry: path => later(disk.entry(path)),
    target: path => later(disk.entry(disk.real(path))),
    linkText: path => later(disk.linkText(path)),
    realPath: path => later(disk.seen(path, () => disk.real(path))),
    names: folder => later(disk.names(disk.real(folder))),
    text: path => later(mapped(bytesAt(path), bytes => bytes.toString())),
    head: (path, count) => later(mapped(bytesAt(path), bytes => bytes.subarray(0, count))),
    hash: (path, kind) => later(mapped(bytesAt(path), bytes => hashOf(bytes, kind))),
    hashOf,
    sizeBelow: folder => later({ is: 'there', value: disk.sizeBelow(folder) }),
    freeBytes: folder => later(disk.seen(folder, () => data.freeBytes)),
    process(pid) {
      const found = data.processes.find(process => process.pid === pid);
      return later(found ? { is: 'there', value: found } : { is: 'absent' });
    },
    processesWith: variable =>
      later(data.processes.filter(({ variables }) => variables.has(variable))),
  };
}

class FakeDisk {
  private readonly data: FakeMachine;

  constructor(data: FakeMachine) {
    this.data = data;
  }

  /** What was put there; a folder that leads to something is there too. */
  at(path: string): FakeEntry | undefined {
    const own = this.data.entries[path];
    if (own) return own;
    const leads = Object.keys(this.data.entries).some(key => key.startsWith(`${path}/`));
    return leads ? { folder: true } : undefined;
  }

  /** A path without links. */
  real(path: string): string {
    let way = '';
    for (const part of path.split('/').filter(one => one !== '')) {
      const link = this.at(`${way}/${part}`)?.link;
      if (link === undefined) way = `${way}/${part}`;
      else way = this.real(link.startsWith('/') ? link : `${way}/${link}`);
    }
    return way;
  }

  entry(path: string): Observed<PathEntry> {
    // The last part is not followed.
    const [, parent = '', last = ''] = /^(.*)\/([^/]*)$/.exec(path) ?? [];
    const found = this.at(`${this.real(parent)}/${last}`);
    if (!found) return { is: 'absent' };
    if (found.unread !== undefined) return { is: 'unread', why: found.unread };
    const { uid = this.data.uid, gid = this.data.uid, folder, link } = found;
    let kind: PathEntry['kind'] = folder ? 'folder' : 'file';
    if (link !== undefined) kind = 'link';
    const { mode = kind === 'folder' ? 0o755 : 0o644 } = found;
    return {
      is: 'there',
      value: { kind, mode, uid, gid, size: Buffer.from(found.content ?? '').length },
    };
  }

  linkText(path: string): Observed<string> {
    const link = this.at(path)?.link;
    if (link !== undefined) return { is: 'there', value: link };
    const entry = this.entry(path);
    return entry.is === 'there' ? { is: 'unread', why: 'it is no link' } : entry;
  }

  seen<T>(path: string, of: (entry: FakeEntry) => T): Observed<T> {
    const real = this.real(path);
    const entry = this.entry(real);
    return entry.is === 'there' ? { is: 'there', value: of(this.at(real)!) } : entry;
  }

  names(folder: string): Observed<readonly string[]> {
    const entry = this.entry(folder);
    if (entry.is !== 'there') return entry;
    const below = Object.keys(this.data.entries).filter(key => key.startsWith(`${folder}/`));
    const names = below.map(key => key.slice(folder.length + 1).split('/')[0]!);
    return { is: 'there', value: [...new Set(names)].sort() };
  }

  sizeBelow(folder: string): number {
    return Object.entries(this.data.entries)
      .filter(([path]) => path.startsWith(`${folder}/`))
      .reduce((sum, [, { content = '' }]) => sum + Buffer.from(content).length, 0);
  }
}

function mapped<T, U>(seen: Observed<T>, of: (value: T) => U): Observed<U> {
  return seen.is === 'there' ? { is: 'there', value: of(seen.value) } : seen;
}
