import type { ImportSpec } from '../../go/edit/imports.ts';
import { qualifierOf } from '../../go/edit/imports.ts';
import type { NamedType } from '../../go/repo/named-type.ts';
import { namedType, unaliased } from '../../go/repo/named-type.ts';
import type { Repo } from '../../go/repo/repo.ts';
import type { FileFacts } from '../../go/source/facts.ts';
import { typeRef } from '../../go/source/type-ref.ts';

/**
 * What a type is to a migration. The SDK's `KVStore` panics where it cannot read; that of
 * cosmossdk.io/core, of the same name, returns errors.
 */
export type KnownType =
  | 'sdkContext'
  | 'context'
  | 'kvStore'
  | 'coreStore'
  | 'storeService'
  | 'storeKey'
  | 'codec';

const sdkStore =
  /^(github\.com\/cosmos\/cosmos-sdk\/(types|store(\/v\d+)?(\/types)?)|cosmossdk\.io\/store(\/v\d+)?(\/types)?)$/;
const coreStore = /^cosmossdk\.io\/core\/store$/;

const table: readonly (readonly [known: KnownType, path: RegExp, names: readonly string[]])[] = [
  ['sdkContext', /^github\.com\/cosmos\/cosmos-sdk\/types$/, ['Context']],
  ['context', /^(golang\.org\/x\/net\/)?context$/, ['Context']],
  ['kvStore', sdkStore, ['KVStore']],
  ['coreStore', coreStore, ['KVStore']],
  ['storeService', coreStore, ['KVStoreService']],
  ['storeKey', sdkStore, ['StoreKey', 'KVStoreKey']],
  [
    'codec',
    /^github\.com\/cosmos\/cosmos-sdk\/codec$/,
    ['BinaryCodec', 'Codec', 'ProtoCodec', 'JSONCodec', 'BinaryMarshaler', 'Marshaler'],
  ],
];

function known(type: NamedType | undefined): KnownType | undefined {
  if (type?.path === undefined) return undefined;
  const { path, name } = type;
  return table.find(([, paths, names]) => paths.test(path) && names.includes(name))?.[0];
}

/** What a type that a file names is to a migration. */
export function knownType(repo: Repo, facts: FileFacts, written: string): KnownType | undefined {
  return known(namedType(repo, facts, written));
}

/** The same for a file that is still to be written in a folder, with those imports. */
export function knownTypeIn(
  repo: Repo,
  dir: string,
  imports: readonly ImportSpec[],
  written: string,
): KnownType | undefined {
  const ref = typeRef(written);
  const spec = imports.find(one => qualifierOf(repo, dir, one) === ref?.qualifier);
  if (!ref || !spec) return undefined;
  const home = repo.dirOf(spec.path, dir);
  return known(
    unaliased(repo, { pointer: ref.pointer, path: spec.path, dir: home, name: ref.name }),
  );
}
