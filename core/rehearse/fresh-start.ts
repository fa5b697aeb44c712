/** What a fresh chain of the old version came to and did not get past. */
export type FreshStart = 'home' | 'start' | 'genesis' | 'blocks';

const stateInstead =
  'give the home of a stopped node with --state, which is there without its init';

/** What fails, and what gets past it, for each. */
const kinds: Readonly<Record<FreshStart, readonly [fails: string, remedy: string]>> = {
  home: ['its own commands make no home', stateInstead],
  start: [
    'the node does not start',
    `add what its configuration lacks with --start-args ARGS, or ${stateInstead}`,
  ],
  genesis: [
    'the node does not take its genesis',
    `add what that lacks with --genesis-patch FILE, or ${stateInstead}`,
  ],
  blocks: [
    'the node makes no blocks',
    'add what its genesis lacks with --genesis-patch FILE, or what its configuration lacks with ' +
      `--start-args ARGS, or ${stateInstead}`,
  ],
};

/**
 * Why a fresh chain of a version cannot be rehearsed, in one line: what the node wants, in its own
 * words, and the options that get past it.
 */
export function freshStartWords(from: string, reached: FreshStart, words: string): string {
  const [fails, remedy] = kinds[reached];
  return `${from} starts no chain of its own: ${fails} (${words}); ${remedy}`;
}
