/** The version of a chain's software, to be ordered. */
interface SoftwareVersion {
  readonly numbers: readonly number[];
  /** What follows the numbers, `rc1`; empty for a release. */
  readonly candidate: string;
}

/**
 * Orders two versions: below 0, 0 or above 0; undefined where one of them is none. As semantic
 * versions order them, but for what chains write: `rc10` is after `rc9` (semver.org compares them
 * as texts), and what `git describe` calls `v2.0.0-3-gabcdef0` is not before `v2.0.0`.
 */
export function compareSoftware(a: string, b: string): number | undefined {
  const [left, right] = [readVersion(a), readVersion(b)];
  if (!left || !right) return undefined;
  const byNumbers = compareLists(left.numbers, right.numbers);
  if (byNumbers !== 0) return byNumbers;
  if (left.candidate === '' || right.candidate === '')
    return Number(left.candidate === '') - Number(right.candidate === '');
  return compareLists(wordsIn(left.candidate), wordsIn(right.candidate));
}

/** Whether a text is a version that can be ordered. */
export function isSoftwareVersion(text: string): boolean {
  return readVersion(text) !== undefined;
}

function readVersion(text: string): SoftwareVersion | undefined {
  const bare = text
    .trim()
    .replace(/^v/, '')
    .replace(/\+.*$/s, '')
    .replace(/-dirty$/, '')
    // Commits after a tag, and the commit.
    .replace(/-\d+-g[0-9a-f]{7,40}$/, '');
  const [, numbers, candidate = ''] =
    /^(\d{1,9}(?:\.\d{1,9}){1,3})(?:-([0-9A-Za-z.-]{1,60}))?$/.exec(bare) ?? [];
  return numbers === undefined ? undefined : { numbers: numbers.split('.').map(Number), candidate };
}

/** `rc.10` and `rc10` as `rc` and 10. */
function wordsIn(candidate: string): (string | number)[] {
  const words = candidate.match(/\d{1,15}|[A-Za-z]+/g) ?? [];
  return words.map(word => (/^\d/.test(word) ? Number(word) : word));
}

/** A number is before a word, as in semantic versions; a missing number is 0, a missing word less. */
function compareLists(a: readonly (string | number)[], b: readonly (string | number)[]): number {
  for (let i = 0; i < Math.max(a.length, b.length); i++) {
    const order = compareOne(a[i], b[i]);
    if (order !== 0) return order;
  }
  return 0;
}

function compareOne(x: string | number | undefined, y: string | number | undefined): number {
  if (typeof x === 'string' && typeof y === 'string') {
    if (x === y) return 0;
    return x < y ? -1 : 1;
  }
  if (typeof x === 'string') return 1;
  if (typeof y === 'string') return -1;
  return (x ?? 0) - (y ?? 0);
}
