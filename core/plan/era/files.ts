import { join } from '../../files.ts';
import { assemble } from '../../go/edit/go-file.ts';
import type { ImportSpec } from '../../go/edit/imports.ts';
import { keyedFields } from '../../go/edit/print.ts';
import type { Repo } from '../../go/repo/repo.ts';
import { quote } from '../../go/syntax/syntax.ts';
import { render } from '../../render.ts';
import type { Generation } from '../../sdk/generations.ts';
import { generationIsBefore, importsOfGeneration } from '../../sdk/generations.ts';
import type { Create } from '../plan.ts';
import type { EraFacts, SupportedEra } from './facts.ts';
import { eraIdentifier } from './facts.ts';

/** Files that are the same on every chain, but for their data. */
const plainFiles = ['era.go', 'switch.go'];
const governedFiles = ['store.go', 'votes.go', 'genesis.go'];

/** The files of the package x/era, as they are in a chain that gets eras now. */
export function eraFiles(repo: Repo, facts: EraFacts): readonly Create[] {
  const { generation, dir, governed } = facts;
  const old = generationIsBefore(generation, '0.50');
  const imports = importsFor(generation);
  const data = { governed, old, ...storeOf(old) };
  const withSdk = (file: string): Create => {
    const path = join(dir, file);
    const body = render(`era/${file}`, data);
    return {
      file: path,
      text: assemble(repo, { path, header: '', packageClause: 'package era', body, imports }),
    };
  };
  const plain = (file: string): Create => ({
    file: join(dir, file),
    text: render(`era/${file}`, {}),
  });
  return [
    ...plainFiles.map(plain),
    { file: join(dir, 'supported.go'), text: supportedText(facts.supported) },
    ...['reader.go', 'keeper.go', 'module.go'].map(withSdk),
    ...(governed ? [plain('decision.go'), ...governedFiles.map(withSdk)] : [plain('schedule.go')]),
  ];
}

/** How the package opens its store. */
function storeOf(old: boolean) {
  const field = old ? 'storeKey' : 'storeService';
  return {
    field,
    type: old ? 'storetypes.StoreKey' : 'store.KVStoreService',
    literal: `StoreReader{${field}: ${field}}`,
    opened: old
      ? 'ctx.KVStore(r.storeKey)'
      : 'sdkruntime.KVStoreAdapter(r.storeService.OpenKVStore(ctx))',
  };
}

function supportedText(supported: readonly SupportedEra[]): string {
  const eras = supported.map(({ name }) => ({ name: eraIdentifier(name), value: quote(name) }));
  const width = Math.max(...eras.map(({ name }) => name.length));
  const since = supported.flatMap(({ name, since: release }) =>
    release === undefined ? [] : [{ key: eraIdentifier(name), value: quote(release) }],
  );
  return render('era/supported.go', {
    first: quote(supported[0]!.name),
    consts: eras.map(({ name, value }) => `${name.padEnd(width)} Era = ${value}`),
    names: eras.map(({ name }) => name),
    since: since.length === 0 ? '{}' : `{\n${keyedFields(since, '\t')}\n}`,
  });
}

function importsFor(generation: Generation): ReadonlyMap<string, ImportSpec> {
  const facts = importsOfGeneration(generation);
  const base = facts.sdk.slice(0, -'/types'.length);
  const plain = [
    ...['context', 'encoding/json', 'errors', 'fmt', 'regexp', 'strconv', 'time'],
    ...['cosmossdk.io/core/appmodule', 'cosmossdk.io/core/store', 'cosmossdk.io/collections'],
    ...[`${base}/client`, `${base}/codec`, facts.module],
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
