import { Refusal } from '../refusal.ts';

/** An entry of an archive, as its header says. */
export interface ArchiveEntry {
  readonly name: string;
  readonly type: string;
  /** In bytes. */
  readonly size: number;
}

/**
 * What an archive is: a snapshot that the SDK made, or a folder of a node's, whose home lies below
 * a folder of the archive. Where the archive begins in the data folder, `below` says so.
 */
export type ArchiveLayout =
  | { readonly kind: 'snapshot' }
  | { readonly kind: 'home'; readonly home: string; readonly below: '' | 'data/' };

/** The file that a snapshot of the SDK begins with (client/snapshot/dump.go). */
export const snapshotEntry = '_snapshot';

/**
 * An entry's way in the archive, without `.` in it. Throws where it leads out of the archive, or is
 * neither file nor folder: such an archive is not unpacked.
 */
export function wayOf({ name, type }: ArchiveEntry, archive: string): string {
  const refuse = (why: string) =>
    new Refusal(`${archive} is not unpacked: ${JSON.stringify(name)} in it ${why}`);
  if (!['file', 'contiguous-file', 'directory'].includes(type))
    throw refuse(`is a ${type}, only files and folders are taken`);
  if (/^([/\\]|[a-zA-Z]:)/.test(name)) throw refuse('is an absolute path');
  const parts = name.split(/[/\\]/).filter(part => part !== '' && part !== '.');
  if (parts.includes('..')) throw refuse('leads out of the folder');
  if (name.includes('\0')) throw refuse('is no name of a file');
  return parts.join('/');
}

/** What an archive with these files is. Throws where it holds no state, or several. */
export function layoutOf(ways: readonly string[], archive: string): ArchiveLayout {
  if (ways.includes(snapshotEntry)) return { kind: 'snapshot' };
  const databases = new Set(
    ways.flatMap(way => {
      const at = `/${way}`.indexOf('/application.db/');
      return at < 0 ? [] : [way.slice(0, at)];
    }),
  );
  if (databases.size === 0)
    throw new Refusal(`${archive} holds no state: it has no application.db`);
  if (databases.size > 1)
    throw new Refusal(
      `${archive} holds several states: ` +
        [...databases].map(data => `${data}application.db`).join(', '),
    );
  const [data] = databases;
  const [, home] = /^(|.*\/)data\/$/.exec(data!) ?? [];
  return home === undefined
    ? { kind: 'home', home: data!, below: 'data/' }
    : { kind: 'home', home, below: '' };
}
