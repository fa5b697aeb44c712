import { render } from '../render.ts';
import type { Generation } from '../sdk/generations.ts';
import { generationIsBefore, importsOfGeneration } from '../sdk/generations.ts';

const files = [
  'main.go',
  'describe.go',
  'settle.go',
  'plan.go',
  'compare.go',
  'totals.go',
  'held.go',
  'stores.go',
  'protobuf.go',
];

/**
 * The Go program that reads a state, makes a plan pending in it and compares two of them, by file
 * names. It is built with the store module of the chain whose state it is, and imports nothing
 * else of the chain. Undefined for generations whose chains cannot be driven.
 */
export function stateProgram(generation: Generation): ReadonlyMap<string, string> | undefined {
  if (generationIsBefore(generation, '0.47')) return undefined;
  const { storeTypes, log } = importsOfGeneration(generation);
  const store = storeTypes.slice(0, -'/types'.length);
  const data = {
    store,
    storeTypes,
    rootmulti: `${store}/rootmulti`,
    logPackage: log,
    db: databaseOf(generation),
    metrics: takesMetrics(generation) ? `${store}/metrics` : '',
  };
  return new Map(files.map(file => [file, render(`state/${file}`, data)]));
}

/** The Go program that tells whether a process has a database open: Go's own packages do. */
export function lockProgram(): string {
  return render('state/lock.go', {});
}

/** The package of databases that the SDK's store takes. */
function databaseOf(generation: Generation): string {
  if (generationIsBefore(generation, '0.50')) return 'github.com/cometbft/cometbft-db';
  return 'github.com/cosmos/cosmos-db';
}

/** Whether `rootmulti.NewStore` takes a StoreMetrics: cosmossdk.io/store does, store/v2 does not. */
function takesMetrics(generation: Generation): boolean {
  return !generationIsBefore(generation, '0.50') && generationIsBefore(generation, '0.54');
}
