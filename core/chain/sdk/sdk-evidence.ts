import { join } from '../../files.ts';
import type { GoMod } from '../../go/repo/gomod.ts';
import type { Repo } from '../../go/repo/repo.ts';
import { importClosure, importPaths } from '../../wiring/call-sites.ts';
import type { Generation } from '../chain.ts';

const split: readonly Generation[] = ['0.50', '0.53'];
const rejoined: readonly Generation[] = ['0.54', '0.55'];
const tendermint34: readonly Generation[] = ['0.42', '0.43', '0.44', '0.45', '0.46'];

/**
 * The generations that fit what else a go.mod requires, or undefined where that says nothing.
 * Replaced modules say nothing.
 */
export function fromRequirements(mod: GoMod): readonly Generation[] | undefined {
  const version = (path: string) =>
    mod.replace.some(r => r.from === path) ? undefined : mod.require.get(path);
  if (mod.require.has('github.com/cosmos/cosmos-sdk/store/v2')) {
    const comet = version('github.com/cometbft/cometbft') ?? '';
    if (comet.startsWith('v0.39.')) return ['0.54'];
    return comet.startsWith('v0.40.') ? ['0.55'] : rejoined;
  }
  if (mod.require.has('cosmossdk.io/x/upgrade')) return split;
  if (/^v0\.37\./.test(version('github.com/cometbft/cometbft') ?? '')) return ['0.47'];
  const tendermint = version('github.com/tendermint/tendermint') ?? '';
  if (tendermint.startsWith('v0.33.')) return ['0.39'];
  if (tendermint.startsWith('v0.34.')) return tendermint34;
  return undefined;
}

/**
 * The generation of an SDK that lies in the repository itself, by the packages and modules only one
 * generation has.
 */
export function fromSdkTree(repo: Repo, dir: string): Generation | null {
  const has = (path: string) => repo.packages.has(join(dir, path));
  const mod = (path: string) => repo.mods.find(m => m.dir === join(dir, path));
  const text = (path: string) => repo.texts.get(join(dir, path)) ?? '';
  if (!has('x/upgrade')) return null;
  if (mod('x/upgrade')) return has('x/protocolpool') || has('x/epochs') ? '0.53' : '0.50';
  const own = repo.mods.find(m => m.dir === dir);
  if (
    has('store/v2') ||
    own?.require.has('github.com/cosmos/cosmos-sdk/store/v2') ||
    has('x/protocolpool')
  ) {
    const possible = own && fromRequirements(own);
    if (possible?.length === 1) return possible[0]!;
    return has('x/params') ? '0.54' : null;
  }
  if (has('x/consensus')) return '0.47';
  if (has('x/group') || has('x/nft')) return '0.46';
  const manager = text('types/module/module.go');
  if (manager.includes('OrderMigrations')) return '0.45';
  // 0.43 and 0.44 look the same from here.
  if (manager.includes('VersionMap')) return null;
  return has('x/upgrade/types') ? '0.42' : '0.39';
}

/**
 * The generation that the app's own imports and handlers can only mean; null where several would
 * do.
 */
export function fromCode(repo: Repo, dir: string): Generation | null {
  const mod = repo.modOf(dir);
  let possible = mod && fromRequirements(mod);
  for (const folder of importClosure(repo, dir)) {
    for (const path of repo.packages.get(folder)?.files ?? []) {
      const text = repo.texts.get(path)!;
      if (!/x\/upgrade|\/store\//.test(text)) continue;
      for (const imported of importPaths(text)) {
        const tree = vendoredTree(repo, imported, folder);
        if (tree !== undefined) return fromSdkTree(repo, tree);
        possible = narrow(possible, fromImport(imported));
      }
      possible = narrow(possible, fromHandler(text));
    }
  }
  return possible?.length === 1 ? possible[0]! : null;
}

function narrow(
  possible: readonly Generation[] | undefined,
  by: readonly Generation[] | undefined,
): readonly Generation[] | undefined {
  if (!by || !possible) return by ?? possible;
  return possible.filter(generation => by.includes(generation));
}

/** The folder of an SDK whose x/upgrade is imported from this repository. */
function vendoredTree(repo: Repo, imported: string, from: string): string | undefined {
  if (!imported.endsWith('/x/upgrade/types')) return undefined;
  const dir = repo.dirOf(imported, from);
  // x/upgrade may be a module of its own inside the SDK; its folder's place is the same.
  return dir?.endsWith('x/upgrade/types') ? dir.slice(0, -'/x/upgrade/types'.length) : undefined;
}

function fromImport(path: string): readonly Generation[] | undefined {
  if (path === 'cosmossdk.io/x/upgrade/types' || path === 'cosmossdk.io/store/types') return split;
  if (path === 'github.com/cosmos/cosmos-sdk/store/v2/types') return rejoined;
  if (path === 'github.com/cosmos/cosmos-sdk/x/upgrade')
    return ['0.39', '0.42', '0.43', '0.44', '0.45', '0.46', '0.47', '0.54', '0.55'];
  if (path === 'github.com/cosmos/cosmos-sdk/x/upgrade/types')
    return ['0.42', '0.43', '0.44', '0.45', '0.46', '0.47', '0.54', '0.55'];
  if (path === 'github.com/cosmos/cosmos-sdk/store/types')
    return ['0.39', '0.42', '0.43', '0.44', '0.45', '0.46', '0.47'];
  return undefined;
}

const plan = String.raw`(\w+\s+)?\w+\.Plan\s*`;
const withoutVersions = new RegExp(
  String.raw`func\s*\(\s*(\w+\s+)?sdk\.Context\s*,\s*${plan}\)\s*\{`,
);
const withVersions = new RegExp(
  String.raw`func\s*\(\s*(\w+\s+)?sdk\.Context\s*,\s*${plan},\s*(\w+\s+)?\w+\.VersionMap\s*\)`,
);
const withContext = new RegExp(String.raw`func\s*\(\s*(\w+\s+)?context\.Context\s*,\s*${plan},`);

/** By the signature of the handlers, in the text alone: most of these files are not parsed. */
function fromHandler(text: string): readonly Generation[] | undefined {
  if (withoutVersions.test(text)) return ['0.39', '0.42'];
  if (withVersions.test(text)) return ['0.43', '0.44', '0.45', '0.46', '0.47'];
  return withContext.test(text) ? [...split, ...rejoined] : undefined;
}
