import { join } from '../../files.ts';
import type { GoMod } from '../../go/repo/gomod.ts';
import type { Repo } from '../../go/repo/repo.ts';
import { generationOfVersion } from '../../sdk/generations.ts';
import type { Generation, Sdk } from '../chain.ts';
import { fromCode, fromRequirements, fromSdkTree } from './sdk-evidence.ts';

export const sdkModule = 'github.com/cosmos/cosmos-sdk';

/**
 * The Cosmos SDK an app is built on: from its go.mod, and where the version there says nothing,
 * from what the code can only mean.
 */
export function readSdk(repo: Repo, dir: string): Sdk {
  const mod = repo.modOf(dir);
  if (!mod) return { version: null, generation: fromCode(repo, dir), gomod: '' };
  const base = { gomod: join(mod.dir, 'go.mod'), ...(mod.go ? { go: mod.go } : {}) };
  const effective = effectiveSdk(mod);
  const generation =
    effective.tree === undefined
      ? (generationOf(mod, effective) ?? fromCode(repo, dir))
      : ((effective.required ? generationOfVersion(effective.required) : null) ??
        fromSdkTree(repo, effective.tree) ??
        fromCode(repo, dir));
  return { version: effective.version, generation, ...base };
}

interface Effective {
  /** The version built with; null where there is none. */
  readonly version: string | null;
  /** The version go.mod requires before `replace`. */
  readonly required: string | undefined;
  /** The SDK's folder in this repository, where it is built from source. */
  readonly tree?: string;
}

function effectiveSdk(mod: GoMod): Effective {
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
  return { version: replace.toVersion, required };
}

function generationOf(mod: GoMod, { version, required }: Effective): Generation | null {
  const own = version ? generationOfVersion(version) : null;
  // Forks number as they like: 0.51 and 0.52 were never released, so such a fork tells no more than
  // v0.0.0-… does.
  const told = own !== null && !(version !== required && /^v0\.5[12]\./.test(version!));
  if (told) return own;
  const wanted = required ? generationOfVersion(required) : null;
  const possible = fromRequirements(mod);
  if (wanted && possible?.includes(wanted)) return wanted;
  return possible?.length === 1 ? possible[0]! : null;
}
