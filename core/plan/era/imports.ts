import type { ImportSpec } from '../../go/edit/imports.ts';
import type { Generation } from '../../sdk/generations.ts';
import { importsOfGeneration } from '../../sdk/generations.ts';

/** What the qualifiers in the files of x/era stand for, by the SDK's generation. */
export function eraImports(generation: Generation): ReadonlyMap<string, ImportSpec> {
  const facts = importsOfGeneration(generation);
  const base = facts.sdk.slice(0, -'/types'.length);
  const plain = [
    ...[
      'context',
      'encoding/json',
      'errors',
      'fmt',
      'regexp',
      'strconv',
      'strings',
      'testing',
      'time',
    ],
    ...['cosmossdk.io/core/appmodule', 'cosmossdk.io/core/store', 'cosmossdk.io/collections'],
    ...[`${base}/client`, `${base}/codec`, `${base}/testutil`, facts.module],
    ...['github.com/grpc-ecosystem/grpc-gateway/runtime', 'github.com/spf13/cobra'],
  ];
  const aliased: readonly (readonly [alias: string, path: string])[] = [
    ['abci', facts.abci],
    ['codectypes', `${base}/codec/types`],
    ['govkeeper', `${base}/x/gov/keeper`],
    ['govv1', `${base}/x/gov/types/v1`],
    ['sdk', facts.sdk],
    ['sdkruntime', `${base}/runtime`],
    ['storetypes', facts.storeTypes],
  ];
  return new Map([
    ...plain.map((path): [string, ImportSpec] => [
      path.replace(/^.*\//, ''),
      { path, alias: undefined },
    ]),
    ...aliased.map(([alias, path]): [string, ImportSpec] => [alias, { path, alias }]),
  ]);
}
