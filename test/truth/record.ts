import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Generation } from '../go/generations.ts';
import { generations } from '../go/generations.ts';
import { projectRoot } from '../support/root.ts';
import type { Row, Step } from './row.ts';
import { rowsOf } from './rows.ts';

/** What a node said of a row's mistake when it was last run. */
export interface Said {
  readonly rule: string;
  readonly mistake: string;
  readonly step: Step;
  readonly words: string;
  /** The title of the repair that mended it. */
  readonly repair?: string;
  /** The state after the upgrade, where that is wrong before anything fails. */
  readonly state?: State;
}

/** What a rehearsal would ask the node for. */
export interface State {
  /** The plan's height, and the one it was applied at. */
  readonly height: number;
  readonly applied: number;
  readonly before: Readonly<Record<string, number>>;
  readonly after: Readonly<Record<string, number>>;
  readonly stores: readonly string[];
}

/** What nodes of each generation said, in the order of the rows. */
export type Told = Partial<Readonly<Record<Generation, readonly Said[]>>>;

const file = join(projectRoot, 'test/truth/said.json');

/** What was said so far. */
export function readRecord(): Told {
  return existsSync(file) ? (JSON.parse(readFileSync(file, 'utf8')) as Told) : {};
}

/**
 * Writes down what nodes of a generation said; other lines of rows that still are stay as they
 * were.
 */
export function writeRecord(generation: Generation, fresh: readonly Said[]): Told {
  const record = readRecord();
  const old = record[generation] ?? [];
  const said = rowsOf(generation).flatMap(row => {
    const mine = (one: Said) => isOf(one, row);
    const before = old.find(mine);
    const now = fresh.find(mine);
    // Words that differ from run to run stay.
    return now && before && sameSaid(row, now, before) ? [before] : (now ?? before ?? []);
  });
  const all = { ...record, [generation]: said };
  const sorted = Object.fromEntries(
    generations.flatMap(one => (all[one] ? [[one, all[one]]] : [])),
  );
  writeFileSync(file, `${JSON.stringify(sorted, undefined, 2)}\n`);
  return sorted;
}

/** Whether something was said of a row. */
export function isOf({ rule, mistake }: Said, row: Row): boolean {
  return rule === row.rule && mistake === row.mistake;
}

/** Whether two runs said the same of a row. */
export function sameSaid(row: Row, a: Said, b: Said): boolean {
  return JSON.stringify(steadySaid(row, a)) === JSON.stringify(steadySaid(row, b));
}

/** What was said, in words that are the same in every run. */
export function steadySaid(row: Row, said: Said): Said {
  return { ...said, words: steady(row, said.words) };
}

/**
 * Words that are the same in every run: of several missing stores any may be named, and the place
 * in the SDK's source is not told.
 */
export function steady({ words: expected }: Row, words: string): string {
  const anyStore = /\((\w+\|\w+)\)/.exec(expected.source)?.[1];
  const told = anyStore
    ? words.replace(
        /version of store \w+ mismatch/,
        `version of store ${anyStore.replace('|', ' or ')} mismatch`,
      )
    : words;
  return told
    .replace(/ \[[^\]]*\.go:\d+\]/g, '')
    .replace(/\s+/g, ' ')
    .trim();
}
