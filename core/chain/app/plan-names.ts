/** A plan name that is a version, taken apart. */
export interface NameVersion {
  readonly v: string;
  readonly parts: readonly string[];
  readonly suffix: string;
}

/** Takes a version-like name apart: `v29.0.0-rc0`, `v1_11`, `12`. Undefined for codenames. */
export function parseVersion(name: string): NameVersion | undefined {
  const match = /^(v?)(\d+(?:[._]\d+)*)((?:[-._+]?[A-Za-z][\w.+-]*)?)$/i.exec(name);
  return match ? { v: match[1]!, parts: match[2]!.split(/[._]/), suffix: match[3]! } : undefined;
}

/** Whether a name says that it is not meant for the main network. */
export function isPrerelease(name: string): boolean {
  return /(alpha|beta|rc|test|dev|latest|next|example|v\d+b\d+$)/i.test(name);
}

/**
 * Whether a name is that of a release candidate of another: `v3-rc1` of `v3`, `aster-rc2` of
 * `aster`.
 */
export function isCandidateOf(candidate: string, final: string): boolean {
  return (
    final !== '' &&
    candidate.startsWith(final) &&
    /^[-._+]?(alpha|beta|rc)[-._]?\d*$/i.test(candidate.slice(final.length))
  );
}

/** Orders names: by version, final after its candidates; undefined where one is no version. */
export function compareNames(a: string, b: string): number | undefined {
  const [x, y] = [parseVersion(a), parseVersion(b)];
  if (!x || !y) return undefined;
  for (let i = 0; i < Math.max(x.parts.length, y.parts.length); i++) {
    const d = Number(x.parts[i] ?? 0) - Number(y.parts[i] ?? 0);
    if (d !== 0) return d;
  }
  return (isPrerelease(a) ? 0 : 1) - (isPrerelease(b) ? 0 : 1);
}

/**
 * Where the numbering of names, oldest first, begins anew: the index of the first that counts again
 * from below, such as `v1.0.0` behind `v29`; 0 where it does not. `next` is a name that is to come:
 * it says which of two numberings goes on. Names in alphabetical order are no numbering.
 */
export function numberingRestart(names: readonly string[], next = ''): number {
  const isUp = (i: number) => (compareNames(names[i - 1]!, names[i]!) ?? 0) < 0;
  let start = names.length - 1;
  while (start > 0 && isUp(start)) start--;
  if (start <= 0 || isAlphabetical(names)) return 0;
  const earlier = names.slice(0, start);
  const last = names.at(-1)!;
  if (parseVersion(next) !== undefined) {
    const isLater = (compareNames(next, last) ?? 0) > 0;
    const isPassed = earlier.some(name => (compareNames(next, name) ?? 0) < 0);
    return isLater && isPassed ? start : 0;
  }
  const isCounted = earlier.every((_, i) => i === 0 || isUp(i));
  return isCounted && earlier.length > 1 && names.length - start > 1 ? start : 0;
}

function isAlphabetical(names: readonly string[]): boolean {
  return names.every((name, i) => i === 0 || names[i - 1]! < name);
}
