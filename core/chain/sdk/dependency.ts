import { join } from '../../files.ts';
import type { GoMod, Replace } from '../../go/repo/gomod.ts';
import { memoize } from '../../go/repo/memoize.ts';
import type { Repo } from '../../go/repo/repo.ts';
import type { Location } from '../../go/source/location.ts';
import { locationOf } from '../../go/source/location.ts';

/** A version's three numbers. */
export type VersionNumbers = readonly [major: number, minor: number, patch: number];

/** A Go module that an app is built with. */
export interface Dependency {
  /** What is built: the module itself, or what replaces it. */
  readonly path: string;
  readonly version: string;
  /** Undefined for a commit that no tag names: what it holds its number does not tell. */
  readonly numbers: VersionNumbers | undefined;
  /** Where go.mod names it. */
  readonly location: Location;
}

/**
 * A module that an app's go.mod requires, whatever its major version is; of several the newest.
 * Undefined where there is none, or a folder replaces it.
 */
export function dependencyOf(repo: Repo, appDir: string, path: string): Dependency | undefined {
  const mod = repo.modOf(appDir);
  // An edit of go.mod makes another one.
  return mod && memoize(mod, `dependency ${path}`, () => findDependency(repo, mod, path));
}

/**
 * The Go modules that an app's go.mod requires, each with its version, or with what replaces it:
 * `path version`, or the path of a folder.
 */
export function dependenciesOf(repo: Repo, appDir: string): ReadonlyMap<string, string> {
  const mod = repo.modOf(appDir);
  return new Map(
    [...(mod?.require ?? [])].map(([required, version]) => {
      const replace = replacementOf(mod!, required, version);
      return [required, replace ? replacing(replace) : version];
    }),
  );
}

/** The lines of go.mod that change how Go builds the same code: `go`, `toolchain`, `godebug`. */
export function goLinesOf(repo: Repo, appDir: string): ReadonlyMap<string, string> {
  const dir = repo.modOf(appDir)?.dir;
  const text = dir === undefined ? undefined : repo.texts.get(join(dir, 'go.mod'));
  const lines = [...(text ?? '').matchAll(/^(go|toolchain|godebug)[ \t]+([^\n(]*\S)/gm)];
  return new Map(lines.map(([, verb, value]) => [verb!, value!]));
}

function replacing({ from, to, toVersion }: Replace): string {
  if (toVersion === undefined) return to;
  return to === from ? toVersion : `${to} ${toVersion}`;
}

function findDependency(repo: Repo, mod: GoMod, path: string): Dependency | undefined {
  const majors = [...mod.require.keys()].filter(
    required => required === path || /^\/v\d+$/.test(suffixOf(required, path)),
  );
  const found = majors
    .map(required => built(repo, mod, required))
    .filter((one): one is Dependency => one !== undefined);
  return found.sort((a, b) => (b.numbers?.[0] ?? 0) - (a.numbers?.[0] ?? 0))[0];
}

function suffixOf(required: string, path: string): string {
  return required.startsWith(path) ? required.slice(path.length) : '';
}

function built(repo: Repo, mod: GoMod, required: string): Dependency | undefined {
  const wanted = mod.require.get(required)!;
  const replace = replacementOf(mod, required, wanted);
  if (replace && replace.toVersion === undefined) return undefined;
  const path = replace?.to ?? required;
  const version = replace?.toVersion ?? wanted;
  const file = join(mod.dir, 'go.mod');
  const text = repo.texts.get(file) ?? '';
  const at = text.indexOf(`${path} ${version}`);
  const start = Math.max(at, 0);
  const end = at < 0 ? 0 : at + path.length + 1 + version.length;
  const location = locationOf({ path: file, text }, { start, end });
  return { path, version, numbers: numbersOf(version), location };
}

function replacementOf({ replace }: GoMod, required: string, version: string): Replace | undefined {
  const own = replace.filter(({ from }) => from === required);
  return own.find(one => one.version === version) ?? own.find(one => one.version === undefined);
}

/** `v0.50.14-0.2025…-abcdef` is any commit after v0.50.13; `v0.50.14-fork.2` is v0.50.14, changed. */
function numbersOf(version: string): VersionNumbers | undefined {
  if (/^v\d+\.\d+\.\d+-(?:.*\.)?\d{14}-[0-9a-f]{12}$/.test(version)) return undefined;
  const [, major, minor, patch] = /^v(\d+)\.(\d+)\.(\d+)/.exec(version) ?? [];
  return major === undefined ? undefined : [Number(major), Number(minor), Number(patch)];
}

/** Orders versions. */
export function compareVersions(a: VersionNumbers, b: VersionNumbers): number {
  return a[0] - b[0] || a[1] - b[1] || a[2] - b[2];
}
