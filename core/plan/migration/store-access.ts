import type { ImportSpec } from '../../go/edit/imports.ts';
import type { GenerationFacts } from '../../sdk/generations.ts';
import type { Parameters } from '../handler/handler-shape.ts';

/** A piece of Go and the packages it names, by qualifier. */
export interface Piece {
  readonly text: string;
  readonly imports: ReadonlyMap<string, ImportSpec>;
}

const sdk = 'github.com/cosmos/cosmos-sdk';
const runtime: Piece['imports'] = new Map([
  ['runtime', { path: `${sdk}/runtime`, alias: undefined }],
]);
const none: Piece['imports'] = new Map();

/** The type's own name: `KVStoreService` of `store.KVStoreService`. */
function bareType(type: string): string {
  return type.replace(/^\*/, '').replace(/^\w+\./, '');
}

/**
 * How a migration's function gets at its store as a `KVStore`, by what it takes; undefined where it
 * is handed none.
 */
export function storeOf({ list }: Parameters): Piece | undefined {
  const [context] = list;
  for (const { name, type } of list.filter(p => p.name !== '' && p.name !== '_')) {
    switch (bareType(type)) {
      case 'KVStore':
        return { text: name, imports: none };
      case 'KVStoreService':
        return {
          text: `runtime.KVStoreAdapter(${name}.OpenKVStore(${context!.name}))`,
          imports: runtime,
        };
      case 'StoreKey':
      case 'KVStoreKey':
        // Only the SDK's own context opens a store by its key.
        if (context!.type.startsWith('sdk.'))
          return { text: `${context!.name}.KVStore(${name})`, imports: none };
    }
  }
  return undefined;
}

/**
 * What a test hands over for a parameter, with a context `ctx` and a store key `key` in reach;
 * undefined where a test cannot make it.
 */
export function testArgument(type: string): Piece | undefined {
  switch (bareType(type)) {
    case 'Context':
      return { text: 'ctx', imports: none };
    case 'KVStore':
      return { text: 'kvStore', imports: none };
    case 'KVStoreService':
      return { text: 'runtime.NewKVStoreService(key)', imports: runtime };
    case 'StoreKey':
    case 'KVStoreKey':
      return { text: 'key', imports: none };
    case 'BinaryCodec':
    case 'Codec':
    case 'JSONCodec':
    case 'ProtoCodec':
    case 'BinaryMarshaler':
    case 'Marshaler':
      return {
        text: 'codec.NewProtoCodec(codectypes.NewInterfaceRegistry())',
        imports: new Map([
          ['codec', { path: `${sdk}/codec`, alias: undefined }],
          ['codectypes', { path: `${sdk}/codec/types`, alias: 'codectypes' }],
        ]),
      };
    default:
      return undefined;
  }
}

/** The package of `NewKVStoreKey`, under the name that is customary for it. */
export function keysPackage(facts: GenerationFacts): { name: string; wanted: ImportSpec } {
  const name = facts.storeKeys === facts.sdk ? 'sdk' : 'storetypes';
  return { name, wanted: { path: facts.storeKeys, alias: name } };
}
