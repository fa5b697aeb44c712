import { existsSync, lstatSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { sizeWords } from '../core/rehearse/report/words.ts';
import type { Log } from '../host/commands/session.ts';
import { sweepHalves } from './build.ts';
import { haltedHomes } from './halted-homes.ts';
import { keptPlaces, rehearsalFolder } from './rehearsal-folder.ts';
import { removeAll } from './remove.ts';

/** What rehearsals keep for those to come. */
export interface CacheEntry {
  readonly what: 'build' | 'program' | 'halted home' | 'kept rehearsal';
  readonly path: string;
  readonly bytes: number;
}

interface DatedEntry extends CacheEntry {
  /** When it was last used, in milliseconds since 1970. */
  readonly used: number;
}

/**
 * Removes what was used longest ago, until what is kept takes no more than `limit` bytes, and says
 * so. What was kept on request stays.
 */
export function makeRoom(limit: number, tell: Log): void {
  const entries = keptEntries().sort((a, b) => b.used - a.used);
  let sum = 0;
  const removed = entries.filter(({ bytes }) => {
    sum += bytes;
    return sum > limit;
  });
  for (const { path } of removed) removeAll(path);
  if (removed.length === 0) return;
  const list = removed.map(({ what, bytes }) => `a ${what} (${sizeWords(bytes)})`).join(', ');
  tell(`note: removed from the cache, which may take ${sizeWords(limit)}: ${list}`);
}

/** Removes all that rehearsals kept, and what `--keep` left; those that run are let be. */
export function cleanCache(): {
  readonly removed: readonly CacheEntry[];
  readonly bytes: number;
} {
  const kept = keptPlaces().map(
    (path): CacheEntry => ({ what: 'kept rehearsal', path, bytes: bytesBelow(path) }),
  );
  const entries = [...keptEntries(), ...kept];
  for (const { path } of entries) removeAll(path);
  const removed = entries.map(({ what, path, bytes }) => ({ what, path, bytes }));
  return { removed, bytes: removed.reduce((sum, { bytes }) => sum + bytes, 0) };
}

function keptEntries(): DatedEntry[] {
  return [
    ...entriesIn('build', join(rehearsalFolder(), 'binaries')),
    ...entriesIn('program', join(rehearsalFolder(), 'programs')),
    ...entriesIn('halted home', haltedHomes()),
  ];
}

/** What is in a store, without halves: those that nobody works on any more are removed. */
function entriesIn(what: CacheEntry['what'], store: string): DatedEntry[] {
  if (!existsSync(store)) return [];
  sweepHalves(store);
  return readdirSync(store)
    .filter(name => /^[0-9a-f]{32}$/.test(name))
    .map(name => join(store, name))
    .map(path => ({ what, path, bytes: bytesBelow(path), used: statSync(path).mtimeMs }));
}

/**
 * The bytes that a folder takes on the disk. Of a table that is linked to a state elsewhere, each
 * place counts its share.
 */
function bytesBelow(path: string): number {
  const stat = lstatSync(path, { throwIfNoEntry: false });
  if (!stat) return 0;
  if (!stat.isDirectory()) return Math.round((stat.blocks * 512) / Math.max(stat.nlink, 1));
  return readdirSync(path)
    .map(name => bytesBelow(join(path, name)))
    .reduce((sum, bytes) => sum + bytes, 0);
}
