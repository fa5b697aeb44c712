import { join } from '../../files.ts';
import type { GoMod } from '../../go/repo/gomod.ts';
import type { Repo } from '../../go/repo/repo.ts';
import { generationOfFork, generationOfVersion } from '../../sdk/generations.ts';
import type { Generation, Sdk } from '../chain.ts';
import { fromCode } from './code-evidence.ts';
import { fromConsensusEngine, fromModules, sdkModule } from './gomod-evidence.ts';
import { fromSdkTree } from './tree-evidence.ts';
import type { Witness } from './witness.ts';
import { agreed, isBelieved, witnessOf, witnessSince } from './witness.ts';

/**
 * The Cosmos SDK an app is built on, by all the evidence: what its go.mod requires and replaces,
 * and where that does not agree, what the code can only mean.
 */
export function readSdk(repo: Repo, dir: string): Sdk {
  const mod = repo.modOf(dir);
  if (!mod) return { version: null, generation: agreed(fromCode(repo, dir)), gomod: '' };
  const built = builtSdk(mod);
  return {
    version: built.version,
    generation: generationOf(repo, dir, mod, built),
    gomod: join(mod.dir, 'go.mod'),
    ...(mod.go ? { go: mod.go } : {}),
  };
}

/** What stands in for the SDK that go.mod requires. */
interface BuiltSdk {
  /** The version built with; null where there is none. */
  readonly version: string | null;
  /** The version go.mod requires before `replace`. */
  readonly required: string | undefined;
  /** The SDK's folder in this repository, where it is built from source. */
  readonly tree?: string;
  /** Whether the version is another repository's. */
  readonly isFork?: boolean;
}

function builtSdk(mod: GoMod): BuiltSdk {
  const required = mod.require.get(sdkModule);
  if (mod.module === sdkModule) return { version: null, required, tree: mod.dir };
  const replaces = mod.replace.filter(r => r.from === sdkModule);
  const replace =
    replaces.find(r => r.version !== undefined && r.version === required) ??
    replaces.find(r => r.version === undefined);
  if (!replace) return { version: required ?? null, required };
  if (replace.toVersion === undefined) {
    // A folder has no version; what go.mod requires names one where it is a release, and still
    // tells the minor where it is not.
    const release =
      required !== undefined &&
      /^v\d+\.\d+\.\d+$/.test(required) &&
      generationOfVersion(required) !== null;
    return { version: release ? required : null, required, tree: join(mod.dir, replace.to) };
  }
  return { version: replace.toVersion, required, isFork: replace.to !== sdkModule };
}

/**
 * What is built is believed where nothing else contradicts it; the code is read only where go.mod
 * alone does not vouch for it. What go.mod requires comes last: dependencies of the app may have
 * forced it.
 */
function generationOf(repo: Repo, dir: string, mod: GoMod, built: BuiltSdk): Generation | null {
  const own = ownNumber(repo, built);
  // A release of the SDK itself is what Go builds with, whatever the code was written for.
  if (own && built.version !== null && !built.isFork) return own.names ?? null;
  const stated = witnesses(fromModules(mod), fromConsensusEngine(mod));
  const isVouchedFor = built.isFork !== true || stated.length > 0;
  if (own && isVouchedFor && isBelieved(own, stated)) return own.names ?? null;
  const others = [...stated, ...fromCode(repo, dir)];
  if (own && isBelieved(own, others)) return own.names ?? null;
  // What a fork replaces does not tell alone what the fork is.
  if (built.isFork === true && !own && others.length === 0) return null;
  const required =
    built.required === undefined ? undefined : witnessOf(generationOfFork(built.required));
  return agreed(witnesses(own, ...others, required));
}

/** What is built says of itself. */
function ownNumber(repo: Repo, { version, tree, isFork }: BuiltSdk): Witness | undefined {
  if (tree !== undefined) return witnessOf(fromSdkTree(repo, tree));
  if (version === null) return undefined;
  if (!isFork) return witnessOf(generationOfVersion(version));
  const generation = generationOfFork(version);
  return isPseudoVersion(version) ? witnessSince(generation) : witnessOf(generation);
}

/**
 * Whether a version was made of a commit: then its number is the newest tag below the commit, and a
 * fork that does not push its tags has only old ones.
 */
function isPseudoVersion(version: string): boolean {
  return /[-.]\d{14}-[0-9a-f]{12}$/.test(version);
}

function witnesses(...found: readonly (Witness | undefined)[]): Witness[] {
  return found.filter((witness): witness is Witness => witness !== undefined);
}
