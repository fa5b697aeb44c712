import { edited, put } from '../../support/edits.ts';
import { moveImports, tidyImports } from './imports.ts';

/** By file: a text that it has once, and what stands there instead. */
export type Edits = Readonly<Record<string, readonly (readonly [before: string, after: string])[]>>;

/**
 * The folders of test/go that all generations share: the chain, what its next version adds, a
 * module that is to be mounted, the tests that make blocks.
 */
export type Shared = 'chain' | 'next' | 'mount' | 'blocks';

/** How the chain is written on another generation of the SDK. */
export interface Changes {
  /** Packages that moved, by the import path they had; what is below them moved along. */
  readonly imports: Readonly<Record<string, string>>;
  /** What is said otherwise. An import that has no use any more goes by itself. */
  readonly edits: Readonly<Partial<Record<Shared, Edits>>>;
}

/**
 * The files of a shared folder after changes, each made to what the one before it left; throws
 * where an edit does not fit.
 */
export function changed(
  shared: Shared,
  texts: ReadonlyMap<string, string>,
  changes: readonly Changes[],
): ReadonlyMap<string, string> {
  return changes.reduce((now, { imports, edits }) => {
    const list = Object.entries(edits[shared] ?? {}).flatMap(([file, places]) =>
      places.map(([before, after]) => put(file, before, after)),
    );
    const moved = eachGoFile(now, text => moveImports(text, imports));
    return eachGoFile(edited(moved, list), tidyImports);
  }, texts);
}

function eachGoFile(
  texts: ReadonlyMap<string, string>,
  change: (text: string) => string,
): ReadonlyMap<string, string> {
  return new Map(
    [...texts].map(([file, text]) => [file, file.endsWith('.go') ? change(text) : text]),
  );
}
