import assert from 'node:assert/strict';
import {
  generationOfVersion,
  generations,
  importsOfGeneration,
} from '../../../core/sdk/generations.ts';
import { storeConstant, valueIn } from '../../../core/sdk/registry.ts';

describe('SDK generations', () => {
  const versions: [string, string | null][] = [
    ['v0.38.4', '0.39'],
    ['v0.39.3', '0.39'],
    ['v0.40.0', '0.42'],
    ['v0.42.11', '0.42'],
    ['v0.43.0', '0.43'],
    ['v0.44.8', '0.44'],
    ['v0.45.16', '0.45'],
    ['v0.46.16', '0.46'],
    ['v0.47.17', '0.47'],
    ['v0.48.0', '0.50'],
    ['v0.50.13', '0.50'],
    ['v0.52.0-rc.2', '0.53'],
    ['v0.53.4', '0.53'],
    ['v0.54.3', '0.54'],
    ['v0.55.0', '0.55'],
    ['v0.56.0', '0.55'],
    ['v0.47.16-ics-lsm', '0.47'],
    ['v0.50.6-v26-osmo-1', '0.50'],
    ['v0.46.7-0.20221130150212-85d6f66de543', '0.46'],
    ['v0.53.0-rc.2', '0.53'],
    ['v1.25.0-sdk-v0.46.16', '0.46'],
    ['v0.0.0-20240425031032-6bc18cf6e67d', null],
    ['v1.2.3', null],
    ['v0.37.9', null],
    ['main', null],
  ];
  for (const [version, generation] of versions) {
    it(`${version} is of ${generation ?? 'none that its number tells'}`, () =>
      assert.equal(generationOfVersion(version), generation));
  }

  it('have imports that change where the SDK moved its packages', () => {
    const of = (field: 'upgradeTypes' | 'storeTypes' | 'storeKeys' | 'handlerContext' | 'abci') =>
      generations.map(g => importsOfGeneration(g)[field]);
    const sdk = 'github.com/cosmos/cosmos-sdk';
    assert.deepEqual(of('upgradeTypes'), [
      `${sdk}/x/upgrade`,
      ...Array(6).fill(`${sdk}/x/upgrade/types`),
      'cosmossdk.io/x/upgrade/types',
      'cosmossdk.io/x/upgrade/types',
      `${sdk}/x/upgrade/types`,
      `${sdk}/x/upgrade/types`,
    ]);
    assert.deepEqual(of('storeTypes'), [
      ...Array(7).fill(`${sdk}/store/types`),
      'cosmossdk.io/store/types',
      'cosmossdk.io/store/types',
      `${sdk}/store/v2/types`,
      `${sdk}/store/v2/types`,
    ]);
    assert.deepEqual(of('storeKeys'), [
      ...Array(7).fill(`${sdk}/types`),
      'cosmossdk.io/store/types',
      'cosmossdk.io/store/types',
      `${sdk}/store/v2/types`,
      `${sdk}/store/v2/types`,
    ]);
    assert.deepEqual(of('handlerContext'), [
      'none',
      'none',
      ...Array(5).fill('sdk'),
      ...Array(4).fill('context'),
    ]);
    assert.equal(importsOfGeneration('0.46').abci, 'github.com/tendermint/tendermint/abci/types');
    assert.equal(importsOfGeneration('0.47').abci, 'github.com/cometbft/cometbft/abci/types');
  });
});

describe('the module registry', () => {
  it('knows the constants of old import paths', () => {
    assert.equal(storeConstant('github.com/cosmos/cosmos-sdk/x/auth.StoreKey')?.value, 'acc');
    assert.equal(
      storeConstant('github.com/cosmos/cosmos-sdk/x/ibc/applications/transfer/types.StoreKey')
        ?.value,
      'transfer',
    );
    assert.equal(storeConstant('github.com/cosmos/cosmos-sdk/x/authz.ModuleName')?.value, 'authz');
  });
  it('does not take a folder of several modules for one', () =>
    assert.equal(storeConstant('github.com/cosmos/cosmos-sdk/x.ModuleName'), undefined));
  it('tells what a value was in a generation', () => {
    assert.equal(
      valueIn('github.com/cosmos/cosmos-sdk/x/capability/types.MemStoreKey', '0.45'),
      'mem_capability',
    );
    assert.equal(
      valueIn('github.com/cosmos/cosmos-sdk/x/capability/types.MemStoreKey', '0.47'),
      'memory:capability',
    );
    assert.equal(valueIn('github.com/cosmos/cosmos-sdk/x/bank/types.StoreKey', '0.47'), undefined);
  });
});
