import assert from 'node:assert/strict';
import type { SourceEdit } from '../../../support/edits.ts';
import { put } from '../../../support/edits.ts';
import { changedChain, offered, refusal, registeredNames } from '../../../support/planned.ts';

const file = 'app/upgrades.go';
const closure = `		func(ctx context.Context, _ upgradetypes.Plan, fromVM module.VersionMap) (module.VersionMap, error) {
			return app.ModuleManager.RunMigrations(ctx, app.configurator, fromVM)
		},
`;
const loader = `		storeUpgrades := storetypes.StoreUpgrades{
			Added: []string{
				violintypes.StoreKey,
			},
		}

		// The loader changes the stores only at the height of the upgrade.
		app.SetStoreLoader(upgradetypes.UpgradeStoreLoader(upgradeInfo.Height, &storeUpgrades))
`;
const none = { added: [], deleted: [] };

/** The handler as a method of the app that tunes the instruments once. */
const method: SourceEdit[] = [
  put(file, closure, '\t\tapp.toNext,\n'),
  put(
    file,
    '// RegisterUpgradeHandlers registers',
    `// toNext brings the state to the next release.
func (app App) toNext(ctx context.Context, _ upgradetypes.Plan, fromVM module.VersionMap) (module.VersionMap, error) {
	if err := app.tune(ctx); err != nil {
		return nil, err
	}
	return app.ModuleManager.RunMigrations(ctx, app.configurator, fromVM)
}

// RegisterUpgradeHandlers registers`,
  ),
];

/** The loader as a method with those statements. */
const loaderMethod = (body: string): SourceEdit[] => [
  put(file, loader, '\t\tapp.SetStoreLoader(app.loaderAt(upgradeInfo.Height))\n'),
  put(
    file,
    '// RegisterUpgradeHandlers registers',
    `func (app App) loaderAt(height int64) (loader baseapp.StoreLoader) {
${body}	return loader
}

// RegisterUpgradeHandlers registers`,
  ),
];

describe('a single handler that is rewritten', () => {
  it('may be a method, whose steps are not repeated', async () => {
    const opened = await changedChain('single', method);
    const { text } = offered(opened, { name: 'v4', ...none });
    assert.match(text(file), /const UpgradeName = "v4"/);
    assert.match(
      text(file),
      /func \(app App\) toNext\(.*\{\n\treturn app\.ModuleManager\.RunMigrations/,
    );
    assert.doesNotMatch(text(file), /tune/);
  });

  it('may be a method that a function returns', async () => {
    const opened = await changedChain('single', [
      ...method,
      put(file, '\t\tapp.toNext,\n', '\t\tapp.handler(),\n'),
      put(
        file,
        '// toNext brings',
        'func (app App) handler() upgradetypes.UpgradeHandler {\n\treturn app.toNext\n}\n\n// toNext brings',
      ),
    ]);
    const { text } = offered(opened, { name: 'v4', ...none });
    assert.doesNotMatch(text(file), /tune/);
  });

  it('loses the stores that a method loads for it', async () => {
    const opened = await changedChain('single', [
      ...method,
      ...loaderMethod(
        '\tstores := storetypes.StoreUpgrades{Added: []string{violintypes.StoreKey}}\n' +
          '\tapp.Logger().Info("stores", "added", stores.Added)\n' +
          '\tloader = upgradetypes.UpgradeStoreLoader(height, &stores)\n',
      ),
    ]);
    const { text } = offered(opened, { name: 'v4', ...none });
    assert.match(text(file), /stores := storetypes\.StoreUpgrades\{\}\n/);
  });

  it('is refused where what is loaded for it cannot be told', async () => {
    const opened = await changedChain('single', [
      ...method,
      ...loaderMethod(
        '\tstores := elsewhere.Stores()\n' +
          '\tloader = upgradetypes.UpgradeStoreLoader(height, stores)\n',
      ),
    ]);
    assert.match(refusal(opened, { name: 'v4', ...none }), /stores that are loaded for v3/);
  });

  it('is refused without sending the user where it is refused too', async () => {
    const opened = await changedChain('single', [
      put(file, closure, '\t\tother.Handler(),\n'),
      ...loaderMethod('\tloader = elsewhere.Loader()\n'),
    ]);
    for (const convert of [true, false]) {
      const reason = refusal(opened, { name: 'v4', convert, ...none });
      assert.doesNotMatch(reason, /--convert/);
    }
  });

  it('is told of --convert where that is open', async () => {
    const opened = await changedChain('single', [put(file, closure, '\t\tother.Handler(),\n')]);
    assert.match(refusal(opened, { name: 'v4', ...none }), /--convert/);
    offered(opened, { name: 'v4', convert: true, ...none });
  });

  it('is told of rewriting where a list cannot be made', async () => {
    const opened = await changedChain(
      'single',
      loaderMethod(
        '\tstores := storetypes.StoreUpgrades{Added: []string{violintypes.StoreKey}}\n' +
          '\tloader = upgradetypes.UpgradeStoreLoader(height, &stores)\n',
      ),
    );
    const reason = refusal(opened, { name: 'v4', convert: true, ...none });
    assert.match(reason, /without --convert/);
    offered(opened, { name: 'v4', ...none });
  });
});

describe('a single handler that is still to come', () => {
  const base = async (stores = '') => {
    const released = await changedChain('single', [
      put(file, '"v3"', '"v2"'),
      put(file, 'violintypes.StoreKey', '"harps"'),
      ...(stores === '' ? [] : [put('app/app.go', stores, '')]),
    ]);
    assert.deepEqual(registeredNames(released), ['v2']);
    return released.chain;
  };

  it('hands its stores on to the one that takes its place', async () => {
    const opened = await changedChain('single', []);
    const { after, notes } = offered(opened, { name: 'v4' }, await base(', violintypes.StoreKey'));
    const added = after.app.upgrades.find(({ name }) => name === 'v4')?.stores?.added;
    assert.deepEqual(
      added?.map(({ name }) => name),
      ['violin'],
    );
    assert.match(notes, /^The last release does not have v3/);
    assert.doesNotMatch(notes, /added by v3 already/);
  });

  it('hands its renames on', async () => {
    const opened = await changedChain('single', [
      put(
        file,
        'Added: []string{\n\t\t\t\tviolintypes.StoreKey,\n\t\t\t},',
        'Renamed: []storetypes.StoreRename{\n\t\t\t\t{OldKey: "fiddle", NewKey: violintypes.StoreKey},\n\t\t\t},',
      ),
    ]);
    const released = await changedChain('single', [
      put(file, '"v3"', '"v2"'),
      put('app/app.go', ', violintypes.StoreKey,', ', "fiddle",'),
    ]);
    const { after } = offered(opened, { name: 'v4' }, released.chain);
    const stores = after.app.upgrades.find(({ name }) => name === 'v4')?.stores;
    assert.deepEqual(
      [
        stores?.added.length,
        stores?.deleted.length,
        stores?.renamed.map(r => [r.from.name, r.to.name]),
      ],
      [0, 0, [['fiddle', 'violin']]],
    );
  });

  it('keeps its stores where the chain becomes a list', async () => {
    const opened = await changedChain('single', []);
    const { after } = offered(
      opened,
      { name: 'v4', convert: true },
      await base(', violintypes.StoreKey'),
    );
    const addedBy = (plan: string) =>
      after.app.upgrades.find(({ name }) => name === plan)?.stores?.added.map(({ name }) => name);
    assert.deepEqual([addedBy('v3'), addedBy('v4') ?? []], [['violin'], []]);
  });
});
