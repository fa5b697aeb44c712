// The last patch of each Go before 1.21, whose go.mod lines name no patch
// (https://go.dev/doc/devel/release).
const lastPatch: Readonly<Record<number, number>> = {
  13: 15,
  14: 15,
  15: 15,
  16: 15,
  17: 13,
  18: 10,
  19: 13,
  20: 14,
};

/**
 * The Go a go.mod asks for, as `GOTOOLCHAIN` names it: the toolchain line, else the go line. From
 * 1.21 on a line of two parts means its first patch; an older one its last. Undefined where the
 * go.mod says nothing that names a release.
 */
export function toolchainOf(gomod: string): string | undefined {
  const toolchain = /^\s*toolchain\s+(go1\.\d+(?:\.\d+|rc\d+)?)\s*(?:\/\/.*)?$/m.exec(gomod)?.[1];
  if (toolchain) return toolchain;
  const [, minor, patch] = /^\s*go\s+1\.(\d+)(\.\d+)?\s*(?:\/\/.*)?$/m.exec(gomod) ?? [];
  if (minor === undefined) return undefined;
  if (Number(minor) >= 21) return `go1.${minor}${patch ?? '.0'}`;
  const last = lastPatch[Number(minor)];
  return last === undefined ? undefined : `go1.${minor}.${last}`;
}

/** Whether the Go at hand will do for one: the same minor release, at least as new. */
export function willDo(atHand: string, wanted: string): boolean {
  const here = releaseOf(atHand);
  const there = releaseOf(wanted);
  return !!here && !!there && here.minor === there.minor && here.patch >= there.patch;
}

/** A release of Go 1. */
interface GoRelease {
  readonly minor: number;
  readonly patch: number;
}

/**
 * Why a Go at hand is too old for the one that the go line of a go.mod asks for, in words; undefined
 * where it is not, fetches one that will do, or does not say which it is. `setting` is GOTOOLCHAIN.
 */
export function whyTooOld(
  atHand: string,
  wanted: string,
  setting: string | undefined,
): string | undefined {
  const there = releaseOf(wanted);
  // Before 1.16 `go env GOVERSION` says nothing.
  const here = atHand === '' ? { minor: 15, patch: 0 } : releaseOf(atHand);
  if (!here || !there || !isOlder(here, there)) return undefined;
  const name = atHand || 'the Go on the PATH';
  if (here.minor < firstThatFetches)
    return `${name} is older than the ${wanted} of go.mod, and fetches no other`;
  return setting === 'local'
    ? `${name} is older than the ${wanted} of go.mod, and GOTOOLCHAIN is local`
    : undefined;
}

/** From this minor release on Go fetches the toolchain that a go.mod asks for. */
const firstThatFetches = 21;

function isOlder(a: GoRelease, b: GoRelease): boolean {
  return a.minor === b.minor ? a.patch < b.patch : a.minor < b.minor;
}

function releaseOf(name: string): GoRelease | undefined {
  const match = /^go1\.(\d+)(?:\.(\d+))?/.exec(name);
  return match ? { minor: Number(match[1]), patch: Number(match[2] ?? 0) } : undefined;
}
