import type { Repo } from '../../go/repo/repo.ts';
import { importClosure } from '../../wiring/call-sites.ts';
import type { Generation } from '../chain.ts';
import { joined, rejoined, sdkModule, split } from './gomod-evidence.ts';
import { fromSdkTree } from './tree-evidence.ts';
import type { Witness } from './witness.ts';
import { witnessAmong, witnessOf } from './witness.ts';

/** What the files of a package say of the SDK they are compiled with. */
interface PackageEvidence {
  /** An imported SDK's `x/upgrade/types`, which may lie in this repository. */
  readonly upgradeTypes: readonly string[];
  readonly imports: readonly (readonly Generation[])[];
  readonly handlers: readonly (readonly Generation[])[];
}

/**
 * What an app's own imports and handlers can only mean: an SDK that lies in this repository, the
 * paths of the SDK's packages, and the signatures of handlers.
 */
export function fromCode(repo: Repo, dir: string): Witness[] {
  const read = (folder: string) => evidenceIn(repo, folder);
  const found = [...repo.memoForFolders(importClosure(repo, dir), 'SDK evidence', read)];
  const trees = found.flatMap(([folder, { upgradeTypes }]) =>
    upgradeTypes.flatMap(path => vendoredTree(repo, path, folder) ?? []),
  );
  const witnesses = [
    trees[0] === undefined ? undefined : witnessOf(fromSdkTree(repo, trees[0])),
    witnessAmong(common(found.flatMap(([, { imports }]) => imports))),
    witnessAmong(common(found.flatMap(([, { handlers }]) => handlers))),
  ];
  return witnesses.filter((witness): witness is Witness => witness !== undefined);
}

function evidenceIn(repo: Repo, folder: string): PackageEvidence | undefined {
  const files = repo.pathsOf(folder);
  const speaking = files.filter(path => /x\/upgrade|\/store\//.test(repo.texts.get(path)!));
  if (speaking.length === 0) return undefined;
  const paths = speaking.flatMap(path => repo.imports(path));
  return {
    upgradeTypes: paths.filter(path => path.endsWith('/x/upgrade/types')),
    imports: paths.flatMap(path => byImport[path] ?? []).map(named => generationsOf[named]),
    handlers: speaking.flatMap(path => fromHandlers(repo.texts.get(path)!)),
  };
}

/** The generations that all of them admit; undefined where there is none, or nothing was said. */
function common(found: readonly (readonly Generation[])[]): readonly Generation[] | undefined {
  return found[0]?.filter(generation => found.every(admits => admits.includes(generation)));
}

/** The folder of an SDK whose x/upgrade is imported from this repository. */
function vendoredTree(repo: Repo, imported: string, from: string): string | undefined {
  const dir = repo.dirOf(imported, from);
  // x/upgrade may be a module of its own inside the SDK; its folder's place is the same.
  return dir?.endsWith('x/upgrade/types') ? dir.slice(0, -'/x/upgrade/types'.length) : undefined;
}

const generationsOf = {
  split,
  rejoined,
  joined,
  whole: [...joined, ...rejoined],
  wholeWithTypes: [...joined.filter(generation => generation !== '0.39'), ...rejoined],
} as const;

const byImport: Readonly<Record<string, keyof typeof generationsOf>> = {
  'cosmossdk.io/x/upgrade/types': 'split',
  'cosmossdk.io/x/upgrade/keeper': 'split',
  'cosmossdk.io/store/types': 'split',
  [`${sdkModule}/store/v2/types`]: 'rejoined',
  [`${sdkModule}/x/upgrade`]: 'whole',
  [`${sdkModule}/x/upgrade/types`]: 'wholeWithTypes',
  [`${sdkModule}/x/upgrade/keeper`]: 'wholeWithTypes',
  [`${sdkModule}/store/types`]: 'joined',
};

const plan = String.raw`(?:\w+\s+)?\w+\.Plan\s*`;
const versionMap = String.raw`(?:\w+\s+)?\w+\.VersionMap\s*`;
const withoutVersions = new RegExp(
  String.raw`\bfunc\s*\(\s*(?:\w+\s+)?sdk\.Context\s*,\s*${plan}\)\s*\{`,
);
const withVersions = new RegExp(
  String.raw`\(\s*(?:\w+\s+)?(\w+)\.Context\s*,\s*${plan},\s*${versionMap},?\s*\)`,
  'g',
);

/** By the signatures of the handlers, in the text alone: most of these files are not parsed. */
function fromHandlers(text: string): (readonly Generation[])[] {
  const signatures = [...text.matchAll(withVersions)].map(([, type]) =>
    type === 'context' ? [...split, ...rejoined] : joined.slice(2),
  );
  return withoutVersions.test(text) ? [...signatures, ['0.39', '0.42']] : signatures;
}
