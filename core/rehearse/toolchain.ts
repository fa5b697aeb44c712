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

/** Which Go builds a chain, and what it takes of this machine to have that one. */
export interface ToolchainSetting {
  /** GOTOOLCHAIN of the build. */
  readonly setting: string;
  /** The toolchain that runs; empty where the Go at hand runs, and does not say which it is. */
  readonly runs: string;
  /** Whether that is the Go at hand; another one Go looks for on the PATH first. */
  readonly isAtHand: boolean;
  /** Whether Go fetches it where it is neither on the PATH nor fetched already. */
  readonly mayFetch: boolean;
}

/** From this minor release on Go runs the toolchain that GOTOOLCHAIN or a go.mod asks for. */
const firstThatSwitches = 21;

/**
 * Which Go builds a chain, by GOTOOLCHAIN (`setting`, empty where it is not set), the version of the
 * Go at hand and the go.mod (https://go.dev/doc/toolchain). Where nothing is set it is the one that
 * go.mod asks for, unless the Go at hand is of the same minor release.
 */
export function toolchainSetting(
  setting: string | undefined,
  atHand: string,
  gomod: string,
): ToolchainSetting {
  const stays = { setting: setting || 'local', runs: atHand, isAtHand: true, mayFetch: false };
  const here = releaseAtHand(atHand);
  if (here && here.minor < firstThatSwitches) return stays;
  const wanted = toolchainOf(gomod);
  if (!setting) {
    if (!wanted || willDo(atHand, wanted)) return stays;
    return { setting: wanted, runs: wanted, isAtHand: false, mayFetch: true };
  }
  const { least, mode } = partsOf(setting);
  const start = least === 'local' ? atHand : least;
  const runs = mode !== undefined && wanted && isNewer(wanted, start) ? wanted : start;
  return { setting, runs, isAtHand: runs === atHand, mayFetch: runs !== atHand && mode !== 'path' };
}

/** The Go that a setting starts from, and where it looks for a newer one: `auto` fetches it, too. */
function partsOf(setting: string): { least: string; mode: string | undefined } {
  if (setting === 'auto' || setting === 'path') return { least: 'local', mode: setting };
  const [least = '', mode] = setting.split('+');
  return { least, mode };
}

/**
 * Why the Go that builds a chain is too old for the go line of its go.mod, in words; undefined where
 * it is not, or where a version is not known. `given` is GOTOOLCHAIN.
 */
export function whyTooOld(
  given: string | undefined,
  atHand: string,
  gomod: string,
): string | undefined {
  const line = goLineOf(gomod);
  if (line === undefined) return undefined;
  const { setting, runs, isAtHand } = toolchainSetting(given, atHand, gomod);
  const there = releaseOf(`go${line}`);
  const here = isAtHand ? releaseAtHand(runs) : releaseOf(runs);
  if (!here || !there || !isOlder(here, there)) return undefined;
  const older = `${runs || 'the Go on the PATH'} is older than the go${line} of go.mod`;
  return here.minor < firstThatSwitches && isAtHand
    ? `${older}, and fetches no other`
    : `${older}, and GOTOOLCHAIN is ${setting}`;
}

/** The version in the go line of a go.mod, such as `1.24` or `1.22.3`. */
function goLineOf(gomod: string): string | undefined {
  return /^\s*go\s+(1\.\d+\S*)/m.exec(gomod)?.[1];
}

/** Before 1.16 `go env GOVERSION` says nothing. */
function releaseAtHand(name: string): GoRelease | undefined {
  return name === '' ? { minor: 15, patch: 0 } : releaseOf(name);
}

/** Whether one toolchain is known to be newer than another. */
function isNewer(a: string, b: string): boolean {
  const [one, other] = [releaseOf(a), releaseOf(b)];
  return !!one && !!other && isOlder(other, one);
}

function isOlder(a: GoRelease, b: GoRelease): boolean {
  return a.minor === b.minor ? a.patch < b.patch : a.minor < b.minor;
}

function releaseOf(name: string): GoRelease | undefined {
  const match = /^go1\.(\d+)(?:\.(\d+))?/.exec(name);
  return match ? { minor: Number(match[1]), patch: Number(match[2] ?? 0) } : undefined;
}
