import type { Generation } from '../go/generations.ts';
import { cut, put } from '../support/edits.ts';
import type { Row } from './row.ts';
import {
  app,
  boxImport,
  guarded,
  list,
  load,
  setLoaders,
  shelfImport,
  stores,
  storeTypesImport,
  storeUpgrades,
  v3Import,
} from './source.ts';
import { mismatch } from './store-rows.ts';

const anyStore = mismatch('(crate|shelf)');

/** Mistakes in which stores are loaded when, and under which name. */
export function loaderRows(generation: Generation): readonly Row[] {
  const storeTypes = storeTypesImport(generation);
  return [
    {
      rule: 'upgrade-not-registered',
      mistake: 'The upgrade is not in the list.',
      edits: [cut(list, '\tv3.Upgrade,\n'), cut(list, v3Import)],
      step: 'start',
      words: anyStore,
      at: [stores, 'var Upgrade = '],
      fix: 'Register "v3"',
    },
    {
      rule: 'duplicate-upgrade',
      mistake: 'The last upgrade was copied with its name.',
      edits: [put(stores, 'const UpgradeName = "v3"', 'const UpgradeName = "v2"')],
      step: 'start',
      words: anyStore,
      at: [list, 'v3.Upgrade'],
      fix: 'give the newer one of the two the name of its own plan',
    },
    {
      rule: 'upgrade-name-inconsistent',
      mistake: 'The handler has another name than the release.',
      release: 'v3.0.0',
      edits: [put(stores, 'const UpgradeName = "v3"', 'const UpgradeName = "v4"')],
      step: 'start',
      words: anyStore,
      at: [list, 'v3.Upgrade'],
      fix: 'register the handler under the name of the plan',
    },
    {
      rule: 'store-loader-after-load',
      mistake: 'The store loader is set after `LoadLatestVersion`.',
      edits: [cut(app, setLoaders), put(app, load, `${load}${setLoaders}`)],
      step: 'start',
      words: anyStore,
      at: [app, 'app.setupUpgradeStoreLoaders()'],
      fix: 'Call setupUpgradeStoreLoaders before the app loads',
    },
    {
      rule: 'store-loader-name-mismatch',
      mistake: 'The stores are loaded under another name.',
      edits: [
        cut(stores, storeUpgrades),
        cut(stores, `${storeTypes}\n`),
        cut(stores, shelfImport),
        cut(stores, boxImport),
        put(
          list,
          guarded,
          `\tif upgradeInfo.Name == "v2.1" {
\t\tstoreUpgrades := storetypes.StoreUpgrades{Added: []string{"shelf"}, Renamed: []storetypes.StoreRename{{OldKey: "box", NewKey: "crate"}}}
\t\tapp.SetStoreLoader(upgradetypes.UpgradeStoreLoader(upgradeInfo.Height, &storeUpgrades))
\t}
`,
        ),
        put(list, '\tupgradetypes "', `${storeTypes}\tupgradetypes "`),
      ],
      step: 'start',
      words: anyStore,
      at: [list, 'app.SetStoreLoader('],
      fix: 'load the stores under the name of the plan',
    },
    {
      rule: 'store-loader-overwritten',
      mistake: "Another store loader is set after the upgrade's.",
      edits: [
        put(app, setLoaders, `${setLoaders}\tapp.SetStoreLoader(baseapp.DefaultStoreLoader)\n`),
      ],
      step: 'start',
      words: anyStore,
      at: [app, 'baseapp.DefaultStoreLoader'],
      fix: 'set no other store loader after the one of the upgrade',
    },
    {
      rule: 'store-loader-unconditional',
      mistake: "The store loader is set without a look at the plan's name.",
      edits: [
        put(
          list,
          guarded,
          `\tfor _, upgrade := range Upgrades {
\t\tstoreUpgrades := upgrade.StoreUpgrades
\t\tapp.SetStoreLoader(upgradetypes.UpgradeStoreLoader(upgradeInfo.Height, &storeUpgrades))
\t}
`,
        ),
      ],
      step: 'next upgrade',
      words: /initial version set to \d+, but found earlier version/,
      at: [list, 'app.SetStoreLoader('],
      fix: "Compare the plan's name first",
    },
    {
      rule: 'store-upgrades-nil',
      mistake: 'The store loader gets nil.',
      edits: [
        put(
          list,
          guarded,
          `\tif upgradeInfo.Name == v3.UpgradeName {
\t\tapp.SetStoreLoader(upgradetypes.UpgradeStoreLoader(upgradeInfo.Height, nil))
\t}
`,
        ),
      ],
      step: 'start',
      words: /invalid memory address or nil pointer dereference/,
      at: [list, 'upgradeInfo.Height, nil'],
      fix: 'Give it empty stores',
      rest: 'then the stores are still to be given',
    },
  ];
}
