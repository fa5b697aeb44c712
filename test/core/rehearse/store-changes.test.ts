import assert from 'node:assert/strict';
import type { ComparedModule, StoreChange } from '../../../core/rehearse/result.ts';
import type { StateComparison, StoreDifference } from '../../../core/rehearse/state-facts.ts';
import type { AroundUpgrade } from '../../../core/rehearse/store-changes.ts';
import {
  idleMigrations,
  storeChanges,
  storesOfModules,
} from '../../../core/rehearse/store-changes.ts';

const stays = ['acc', 'bank', 'counter', 'nft', 'staking', 'upgrade'];

function difference(store: string, more: Partial<StoreDifference> = {}): StoreDifference {
  const none = { added: 0, changed: 1, deleted: 0, bytes: 4, first: ['01'] };
  return { store, before: true, after: true, ...none, ...more };
}

function comparison(...stores: readonly StoreDifference[]): StateComparison {
  return { before: 7, after: 8, names: stays, stores };
}

function module(name: string, more: Partial<ComparedModule> = {}): ComparedModule {
  return { name, from: 1, to: 2, source: 2, migrated: true, ...more };
}

function around(upgrade: StateComparison, more: Partial<AroundUpgrade> = {}): AroundUpgrade {
  return { upgrade, blocks: [], modules: [], planned: undefined, storesOf: new Map(), ...more };
}

function unexplainedStores(changes: readonly StoreChange[]): string[] {
  return changes.filter(({ explained }) => !explained).map(({ store }) => store);
}

const location = { file: 'app/upgrades.go', start: 0, end: 1, line: 1, column: 1 };

describe('the stores that an upgrade changed', () => {
  it('are explained by a migration, by what every block does, and by the upgrade itself', () => {
    const changes = storeChanges(
      around(
        comparison(...['counter', 'staking', 'upgrade', 'nft'].map(name => difference(name))),
        {
          blocks: [comparison(difference('staking'))],
          modules: [module('counter'), module('nft', { to: 1, migrated: false })],
        },
      ),
    );
    assert.deepEqual(
      changes.map(({ store, explained, migrated }) => [store, explained, migrated]),
      [
        ['counter', true, true],
        ['nft', false, false],
        ['staking', true, false],
        ['upgrade', true, false],
      ],
    );
    assert.deepEqual(unexplainedStores(changes), ['nft']);
    assert.deepEqual(idleMigrations(changes), []);
  });

  it("are explained by the plan's stores", () => {
    const entry = (name: string) => ({ name, location });
    const planned = {
      added: [entry('shelf')],
      deleted: [entry('ledger')],
      renamed: [{ from: entry('box'), to: entry('crate') }],
      location,
    };
    const names = ['box', 'crate', 'ledger', 'shelf'];
    const upgrade = comparison(...names.map(name => difference(name)));
    assert.deepEqual(unexplainedStores(storeChanges(around(upgrade, { planned }))), []);
    assert.deepEqual(unexplainedStores(storeChanges(around(upgrade))), names);
  });

  it('belong to the module that keeps its store under another name', () => {
    const migratedAuth = { modules: [module('auth')] };
    assert.deepEqual(
      unexplainedStores(storeChanges(around(comparison(difference('acc')), migratedAuth))),
      [],
    );
    const own = { modules: [module('tokens')], storesOf: new Map([['tokens', ['nft']]]) };
    assert.deepEqual(
      unexplainedStores(storeChanges(around(comparison(difference('nft')), own))),
      [],
    );
  });

  it('are told by the constants with which the app mounts them', () => {
    const modules = [
      { name: 'box', dir: 'x/box' },
      { name: 'boxes', dir: 'x/boxes' },
    ];
    const constant = (dir: string) => `example.com/tiny/x/${dir}/types.StoreKey`;
    const stores = [
      { name: 'crate', const: constant('box'), kind: 'kv' },
      { name: 'shelf', const: constant('boxes'), kind: 'kv' },
      { name: 'box_t', const: constant('box'), kind: 'transient' },
      { name: null, const: constant('box'), kind: 'kv' },
      { name: 'bank', kind: 'kv' },
    ] as const;
    assert.deepEqual(
      [...storesOfModules(modules, stores)],
      [
        ['box', ['crate']],
        ['boxes', ['shelf']],
      ],
    );
  });

  it('show a migration that changed nothing', () => {
    const changes = storeChanges(around(comparison(), { modules: [module('counter')] }));
    assert.deepEqual(changes, [
      {
        store: 'counter',
        added: 0,
        changed: 0,
        deleted: 0,
        bytes: 0,
        explained: true,
        migrated: true,
      },
    ]);
    assert.deepEqual(idleMigrations(changes), ['counter']);
  });

  it('name no store for a module that has none', () => {
    const changes = storeChanges(around(comparison(), { modules: [module('genutil')] }));
    assert.deepEqual(changes, []);
  });
});
