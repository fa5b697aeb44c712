import type { FileFacts } from './facts.ts';

/**
 * A file as it was at one time: its text, and what was read from the text alone. Every repository
 * value that holds this text shares it.
 */
export class Source {
  readonly path: string;
  readonly text: string;
  /** The parsed file, once somebody asked for it. */
  facts: FileFacts | undefined = undefined;
  private readonly gleaned = new Map<string, unknown>();

  constructor(path: string, text: string) {
    this.path = path;
    this.text = text;
  }

  /** What `read` makes of the text, remembered under a name. */
  glean<T>(what: string, read: (text: string) => T): T {
    const known = this.gleaned.get(what);
    if (known !== undefined || this.gleaned.has(what)) return known as T;
    const found = read(this.text);
    this.gleaned.set(what, found);
    return found;
  }
}

/**
 * Files by path and content, newest first: what did not change is never read twice, whichever
 * repository value asks.
 */
export type FactsCache = Map<string, readonly Source[]>;

/**
 * The working copy, what it was before the last edit, and the baseline; besides them the last
 * version that was read and has no error.
 */
const kept = 3;

/** The cache's entry for a file with that text, made where there is none. */
export function sourceOf(cache: FactsCache, path: string, text: string): Source {
  const known = cache.get(path) ?? [];
  const found = known.find(source => source.text === text) ?? new Source(path, text);
  if (known[0] !== found) {
    const all = [found, ...known.filter(source => source !== found)];
    const sound = all.findIndex(isSound);
    cache.set(
      path,
      all.filter((_, i) => i < kept || i === sound),
    );
  }
  return found;
}

/**
 * The facts of the newest version of a file before this one that has no error, where there is one.
 */
export function earlierFacts(cache: FactsCache, source: Source): FileFacts | undefined {
  return cache.get(source.path)?.find(other => other !== source && isSound(other))?.facts;
}

function isSound({ facts }: Source): boolean {
  return facts !== undefined && facts.syntaxError === undefined;
}
