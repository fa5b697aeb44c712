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
