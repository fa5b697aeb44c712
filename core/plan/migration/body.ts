import type { VersionStep } from '../../edit/version-step.ts';
import type { ImportSpec } from '../../go/edit/imports.ts';
import { render } from '../../render.ts';
import type { GenerationFacts } from '../../sdk/generations.ts';
import type { PrefixMove } from './prefix.ts';
import { goBytes, goKey } from './prefix.ts';
import type { Piece, TakenParameter } from './store-access.ts';
import { storeOf } from './store-access.ts';

/** An entry of a store: Go string literals of key and value. */
export interface Entry {
  readonly key: string;
  readonly value: string;
}

/** What a migration's function does, and what shows in a test that it does it. */
export interface MigrationBody {
  /** The function's statements, at column 0. */
  readonly text: string;
  /** Declarations below the function. */
  readonly below: string;
  readonly imports: ReadonlyMap<string, ImportSpec>;
  /** Entries that a test finds before and after; absent where the function is handed no store. */
  readonly shown?: Shown;
  /** A test of its own kind, where entries of a store do not show what it does. */
  readonly test?: (func: string) => Piece;
}

/**
 * Entries of a store before and after; whether a second run has to leave them alone, and whether
 * they are examples.
 */
export interface Shown {
  readonly before: readonly Entry[];
  readonly after: readonly Entry[];
  readonly again: boolean;
  readonly example: boolean;
}

/**
 * A migration that is still to be thought out: every value goes through a function of its own.
 * Without a store there is nothing to go through.
 */
export function ownBody(step: VersionStep, taken: readonly TakenParameter[]): MigrationBody {
  const store = storeOf(taken);
  if (!store)
    return {
      text:
        '// What changes in the state goes here. It runs once, at the height of the upgrade, ' +
        'and has to give the same result on every node.\nreturn nil',
      below: '',
      imports: new Map(),
    };
  const entry = { key: '"key"', value: '"value"' };
  return {
    text: render('migration/each-value.go', { store: store.text }).trimEnd(),
    below: render('migration/migrate-value.go', { to: step.to }).trimEnd(),
    imports: new Map([['bytes', { path: 'bytes', alias: undefined }], ...store.imports]),
    shown: { before: [entry], after: [entry], again: false, example: true },
  };
}

/**
 * A migration that puts all entries under one key prefix under another; undefined where it is
 * handed no store.
 */
export function prefixBody(
  { old, now }: PrefixMove,
  taken: readonly TakenParameter[],
  sdk: GenerationFacts,
): MigrationBody | undefined {
  const store = storeOf(taken);
  return (
    store && {
      text: render('migration/move-prefix.go', {
        store: store.text,
        old: goBytes(old),
        new: goBytes(now),
        storetypes: 'storetypes',
      }).trimEnd(),
      below: '',
      imports: new Map([
        ['bytes', { path: 'bytes', alias: undefined }],
        ['storetypes', { path: sdk.storeTypes, alias: 'storetypes' }],
        ...store.imports,
      ]),
      shown: {
        before: [{ key: goKey(old, 'key'), value: '"value"' }],
        after: [{ key: goKey(now, 'key'), value: '"value"' }],
        again: true,
        example: false,
      },
    }
  );
}
