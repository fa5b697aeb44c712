import type { State } from './states.ts';

/** How Go is asked: by building, or by checking types alone. */
export type How = 'go build' | 'go/types';

/** What Go says of an app in one state; `words` are its errors. */
export interface Said {
  readonly words: readonly string[];
  readonly seconds: number;
}

/**
 * Asks Go about the app as it is, then about each state; of a state only what it does not say of
 * the app as it is.
 */
export type Ask = (
  place: Place,
  states: readonly State[],
) => { readonly before: Said; readonly after: readonly Said[] };

/** Where an app is built: the folder of its module, and its packages. */
export interface Place {
  readonly module: string;
  readonly packages: string;
}
