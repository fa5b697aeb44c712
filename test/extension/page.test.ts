import assert from 'node:assert/strict';
import type { App, Chain } from '../../core/chain/chain.ts';
import type { Location } from '../../core/go/source/location.ts';
import { understoodPage } from '../../extension/inspect/page.ts';

const at = (file: string, line: number): Location => ({ file, line, column: 1, start: 0, end: 1 });

const app: App = {
  dir: 'app',
  type: 'SmallApp',
  sdk: { version: 'v0.50.9', generation: '0.50', gomod: 'go.mod' },
  registration: ['R1'],
  storeStyle: ['S1'],
  storesUnread: [],
  loadersUnread: [],
  orders: [],
  keepers: [],
  mounted: [],
  upgrades: [
    {
      name: 'v2',
      package: 'app/upgrades/v2',
      registered: true,
      location: at('app/app.go', 12),
      buildTags: ['mainnet'],
      loader: at('app/app.go', 40),
      stores: {
        added: [{ name: 'nft', location: at('a.go', 1) }],
        deleted: [{ name: null, const: 'example.com/x.StoreKey', location: at('a.go', 1) }],
        renamed: [
          {
            from: { name: 'a', location: at('a.go', 1) },
            to: { name: null, location: at('a.go', 1) },
          },
        ],
        location: at('a.go', 1),
      },
    },
    { name: null, package: '', registered: false, location: at('app/next.go', 3), buildTags: [] },
  ],
  stores: [
    {
      name: 'bank',
      const: 'github.com/cosmos/cosmos-sdk/x/bank/types.StoreKey',
      kind: 'kv',
      location: at('app/app.go', 20),
    },
  ],
};
const chain: Chain = {
  apps: [app],
  modules: [
    {
      name: 'tiny',
      dir: 'x/tiny',
      consensusVersion: 2,
      versionPlace: at('x/tiny/module.go', 9),
      migrations: [{ from: 1, location: at('x/tiny/module.go', 30), handler: 'm.Migrate1to2' }],
    },
  ],
  unknown: [{ location: at('app/odd.go', 7), why: 'the name `x` is computed | by a_b' }],
};

describe('the page of what was understood', () => {
  const page = understoodPage('small', chain, place => `file:///c/${place.file}#L${place.line}`);
  const says = (line: string) =>
    assert.ok(page.text.split('\n').includes(line), `${line}\n\nis not in\n\n${page.text}`);

  it('says what the app is', () => {
    says('## App `app` (`SmallApp`)');
    says('- Cosmos SDK: v0.50.9, generation 0.50, from `go.mod`');
    says('- Registers upgrades: a list of upgrades that a loop registers, one package each (R1)');
  });

  it('lists upgrades with stores and loaders', () => {
    says(
      '- `v2`, package `app/upgrades/v2`, registered at [app/app.go:12], only with mainnet, adds `nft`, deletes `example.com/x.StoreKey`, renames `a` to computed, stores loaded at [app/app.go:40]',
    );
    says(
      '- A name computed at run time, package `.`, **not registered**, defined at [app/next.go:3]',
    );
  });

  it('lists stores and modules', () => {
    says(
      '- `bank` (kv), `github.com/cosmos/cosmos-sdk/x/bank/types.StoreKey`, mounted at [app/app.go:20]',
    );
    says(
      '- `tiny`, folder `x/tiny`, consensus version 2 at [x/tiny/module.go:9], migrates from 1 at [x/tiny/module.go:30]',
    );
  });

  it('says what was not understood, in words that stay words', () => {
    says('- [app/odd.go:7] the name \\`x\\` is computed | by a\\_b');
    assert.match(
      understoodPage('small', { ...chain, unknown: [] }, () => '').text,
      /was left over/,
    );
  });

  it('every place that is named has a link', () => {
    const named = [...new Set(page.text.match(/\[[^\]]+:\d+\](?!:)/g))].sort();
    const linked = [...page.text.matchAll(/^(\[[^\]]+\]): file:\/\/\/c\/.+#L\d+$/gm)]
      .map(m => m[1]!)
      .sort();
    assert.ok(named.length > 5);
    assert.deepEqual(linked, named);
  });

  it('a repository without apps says so', () => {
    assert.match(
      understoodPage('empty', { apps: [], modules: [], unknown: [] }, () => '').text,
      /No app was found/,
    );
  });
});
