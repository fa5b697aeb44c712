import type { ImportSpec } from '../../go/edit/imports.ts';
import type { GenerationFacts } from '../../sdk/generations.ts';
import type { KnownType } from './known-type.ts';

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

/** A parameter of a migration's function, and what its type is to a migration. */
export interface TakenParameter {
  readonly name: string;
  readonly known?: KnownType | undefined;
}

/**
 * How a migration's function gets at its store as the SDK's `KVStore`, by what it takes; undefined
 * where it is handed none.
 */
export function storeOf(taken: readonly TakenParameter[]): Piece | undefined {
  const named = taken.filter(({ name }) => name !== '' && name !== '_');
  const context = named.find(({ known }) => known === 'sdkContext' || known === 'context');
  for (const { name, known } of named) {
    switch (known) {
      case 'kvStore':
        return { text: name, imports: none };
      case 'coreStore':
        return { text: `runtime.KVStoreAdapter(${name})`, imports: runtime };
      case 'storeService':
        if (context)
          return {
            text: `runtime.KVStoreAdapter(${name}.OpenKVStore(${context.name}))`,
            imports: runtime,
          };
        break;
      case 'storeKey':
        // Only the SDK's own context opens a store by its key.
        if (context?.known === 'sdkContext')
          return { text: `${context.name}.KVStore(${name})`, imports: none };
        break;
      default:
    }
  }
  return undefined;
}

/**
 * What a test hands over for a parameter, with a context `ctx`, a store key `key` and its store
 * `kvStore` in reach; undefined where a test cannot make it.
 */
export function testArgument(known: KnownType | undefined): Piece | undefined {
  switch (known) {
    case 'sdkContext':
    case 'context':
      return { text: 'ctx', imports: none };
    case 'kvStore':
      return { text: 'kvStore', imports: none };
    case 'coreStore':
      return { text: 'runtime.NewKVStoreService(key).OpenKVStore(ctx)', imports: runtime };
    case 'storeService':
      return { text: 'runtime.NewKVStoreService(key)', imports: runtime };
    case 'storeKey':
      return { text: 'key', imports: none };
    case 'codec':
      return {
        text: 'codec.NewProtoCodec(codectypes.NewInterfaceRegistry())',
        imports: new Map([
          ['codec', { path: `${sdk}/codec`, alias: undefined }],
          ['codectypes', { path: `${sdk}/codec/types`, alias: 'codectypes' }],
        ]),
      };
    case undefined:
      return undefined;
  }
}

/** The package of `NewKVStoreKey`, under the name that is customary for it. */
export function keysPackage(facts: GenerationFacts): { name: string; wanted: ImportSpec } {
  const name = facts.storeKeys === facts.sdk ? 'sdk' : 'storetypes';
  return { name, wanted: { path: facts.storeKeys, alias: name } };
}
