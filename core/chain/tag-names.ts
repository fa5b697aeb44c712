/** What the name of a tag says, where it may be the name of a release. */
export interface TagName {
  /**
   * `plain`: `vX.Y.Z` or `vX.Y`. `candidate`: not meant for the main network, by what it is called.
   * `other`: all else.
   */
  readonly kind: 'plain' | 'candidate' | 'other';
  /** The name with `#` for its numbers: `v#.#.#-rc#`. */
  readonly shape: string;
  /** All its numbers. */
  readonly numbers: readonly number[];
  /** The numbers of the version that it begins with; none where it begins otherwise. */
  readonly version: readonly number[];
}

/**
 * Reads a tag's name, less a prefix (`protocol/`) where it has one; undefined where it is a tag of
 * something else in the repository (`contracts/v1.0.0`).
 */
export function readTagName(tag: string, prefixes: readonly string[]): TagName | undefined {
  const prefix = prefixes.find(p => p !== '' && tag.startsWith(p)) ?? '';
  const name = tag.slice(prefix.length);
  if (name.includes('/')) return undefined;
  return {
    kind: kindOf(name),
    shape: shapeOf(name),
    numbers: numbersOf(name),
    version: numbersOf(beginning(name)),
  };
}

/** A name with `#` for its numbers. */
export function shapeOf(name: string): string {
  return name.toLowerCase().replace(/\d+/g, '#');
}

function kindOf(name: string): TagName['kind'] {
  if (/^v\d+\.\d+(\.\d+)?$/.test(name)) return 'plain';
  return isCandidate(name) ? 'candidate' : 'other';
}

const candidate =
  /^(alpha|beta|rc|pre|preview|test|testnet|dev|devnet|internal|snapshot|nightly|debug)$/;

/** Whether a name says that it is not meant for the main network. */
function isCandidate(name: string): boolean {
  return wordsOf(name).some(word => candidate.test(word));
}

/** The version that a name begins with, or an empty text. */
function beginning(name: string): string {
  return /^v?\d+([._]\d+)*/i.exec(name)?.[0] ?? '';
}

/**
 * Whether a tag bears the name of a plan: it is that name, or contains it as whole words, one of
 * which is no part of the version that the tag begins with. `v3.1.0-drs6` bears `drs-6`; `v2.0.0-x`
 * does not bear `v2`.
 */
export function bearsPlan(tag: string, plan: string): boolean {
  if (tag === plan) return true;
  const words = wordsOf(plan);
  if (!words.some(word => /^[a-z]{2,}/.test(word))) return false;
  return holdsInRow(wordsOf(tag), words) && !holdsInRow(wordsOf(beginning(tag)), words);
}

/** Whether a plan is what a candidate becomes: `v2` or `v2.0.0` of the tag `v2.0.0-rc1`. */
export function isFinalOf(plan: string, { kind, version }: TagName): boolean {
  if (kind !== 'candidate' || isCandidate(plan)) return false;
  const own = beginning(plan);
  return own !== '' && own.length === plan.length && compareNumbers(numbersOf(own), version) === 0;
}

/** Orders numbers from the first on; what one lacks is 0. */
export function compareNumbers(a: readonly number[], b: readonly number[]): number {
  for (let i = 0; i < Math.max(a.length, b.length); i++) {
    const difference = (a[i] ?? 0) - (b[i] ?? 0);
    if (difference !== 0) return difference;
  }
  return 0;
}

function numbersOf(name: string): number[] {
  return [...name.matchAll(/\d+/g)].map(Number);
}

/** The words and numbers of a name, in lower case. */
function wordsOf(name: string): string[] {
  return name.toLowerCase().match(/[a-z]+|\d+/g) ?? [];
}

function holdsInRow(words: readonly string[], wanted: readonly string[]): boolean {
  return words.some((_, at) => wanted.every((word, i) => words[at + i] === word));
}
