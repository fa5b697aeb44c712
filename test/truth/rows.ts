import { cut, put } from './row.ts';
import type { Row } from './row.ts';

const app = 'app/app.go', list = 'app/upgrades.go', modules = 'app/modules.go', stores = 'app/upgrades/v3/constants.go', handler = 'app/upgrades/v3/upgrades.go';
const counter = 'x/counter/module.go', shelfKeys = 'x/shelf/types/keys.go';

const shelfImport = '\tshelftypes "example.com/tiny/x/shelf/types"\n', boxImport = '\tboxtypes "example.com/tiny/x/box/types"\n', v3Import = '\tv3 "example.com/tiny/app/upgrades/v3"\n';
const added = '\t\tAdded: []string{\n\t\t\tshelftypes.StoreKey,\n\t\t},\n', addedItem = '\t\t\tshelftypes.StoreKey,\n';
const renamed = '\t\tRenamed: []storetypes.StoreRename{\n\t\t\t{OldKey: "box", NewKey: boxtypes.StoreKey},\n\t\t},\n';
const deleted = '\t\tDeleted: []string{\n\t\t\t"ledger",\n\t\t},\n', storeUpgrades = `\tStoreUpgrades: storetypes.StoreUpgrades{\n${added}${renamed}${deleted}\t},\n`;
const load = '\tif loadLatest {\n\t\tif err := app.LoadLatestVersion(); err != nil {\n\t\t\tpanic(err)\n\t\t}\n\t}\n';
const setLoaders = '\tapp.setupUpgradeStoreLoaders()\n', setHandlers = '\tapp.setupUpgradeHandlers()\n';
const guarded = `\tfor _, upgrade := range Upgrades {
\t\tif upgradeInfo.Name == upgrade.UpgradeName {
\t\t\tstoreUpgrades := upgrade.StoreUpgrades
\t\t\tapp.SetStoreLoader(upgradetypes.UpgradeStoreLoader(upgradeInfo.Height, &storeUpgrades))
\t\t}
\t}
`;
const migrations = `\t\ttoVM, err := mm.RunMigrations(ctx, configurator, fromVM)
\t\tif err != nil {
\t\t\treturn nil, fmt.Errorf("upgrade %s: %w", UpgradeName, err)
\t\t}
\t\treturn toVM, nil
`;
const mismatch = (store: string) => new RegExp(`version of store ${store} mismatch root store's version; expected \\d+ got 0; new stores should be added using StoreUpgrades`);

/** Every mistake that is tried, by rule. */
export const rows: readonly Row[] = [
  { rule: 'store-not-added', mistake: 'A new store is not in `Added`.', edits: [cut(stores, added), cut(stores, shelfImport)], step: 'start', words: mismatch('shelf') },
  { rule: 'store-not-added', mistake: 'A store was given another name, and `Renamed` lacks the pair.', edits: [cut(stores, renamed), cut(stores, boxImport)], step: 'start', words: mismatch('crate') },
  {
    rule: 'added-not-a-store-key', mistake: '`Added` has the module\'s name, and its store has another.',
    edits: [put(shelfKeys, 'StoreKey   = "shelf"', 'StoreKey   = "rack"'), put(stores, addedItem, '\t\t\tshelftypes.ModuleName,\n')], step: 'start', words: mismatch('rack'),
  },
  {
    rule: 'stale-added', mistake: '`Added` has a store that the network has.',
    edits: [put(stores, addedItem, `${addedItem}\t\t\t"bank",\n`)], step: 'start', words: /failed to load store: initial version set to \d+, but found earlier version 1/,
  },
  {
    rule: 'deleted-store-still-mounted', mistake: 'A store of `Deleted` stays mounted.',
    edits: [put(app, '\t\tshelftypes.StoreKey,\n', '\t\tshelftypes.StoreKey,\n\t\t"ledger",\n')], step: 'restart', words: mismatch('ledger'),
  },
  {
    rule: 'store-key-prefix', mistake: 'A store\'s name is the beginning of another\'s.',
    edits: [put(shelfKeys, 'StoreKey   = "shelf"', 'StoreKey   = "count"')], step: 'start', words: /Potential key collision between KVStores:\s*(counter - count|count - counter)/,
  },
  { rule: 'upgrade-not-registered', mistake: 'The upgrade is not in the list.', edits: [cut(list, '\tv3.Upgrade,\n'), cut(list, v3Import)], step: 'start', words: mismatch('(crate|shelf)') },
  {
    rule: 'duplicate-upgrade', mistake: 'The last upgrade was copied with its name.',
    edits: [put(stores, 'const UpgradeName = "v3"', 'const UpgradeName = "v2"')], step: 'start', words: mismatch('(crate|shelf)'),
  },
  {
    rule: 'upgrade-name-inconsistent', mistake: 'The handler has another name than the release.', release: 'v3.0.0',
    edits: [put(stores, 'const UpgradeName = "v3"', 'const UpgradeName = "v4"')], step: 'start', words: mismatch('(crate|shelf)'),
  },
  {
    rule: 'store-loader-after-load', mistake: 'The store loader is set after `LoadLatestVersion`.',
    edits: [cut(app, setLoaders), put(app, load, `${load}${setLoaders}`)], step: 'start', words: mismatch('(crate|shelf)'),
  },
  {
    rule: 'store-loader-name-mismatch', mistake: 'The stores are loaded under another name.',
    edits: [
      cut(stores, storeUpgrades), cut(stores, `\tstoretypes "cosmossdk.io/store/types"\n\n`), cut(stores, shelfImport), cut(stores, boxImport),
      put(list, guarded, `\tif upgradeInfo.Name == "v2.1" {
\t\tstoreUpgrades := storetypes.StoreUpgrades{Added: []string{"shelf"}, Renamed: []storetypes.StoreRename{{OldKey: "box", NewKey: "crate"}}}
\t\tapp.SetStoreLoader(upgradetypes.UpgradeStoreLoader(upgradeInfo.Height, &storeUpgrades))
\t}
`),
      put(list, '\tupgradetypes "cosmossdk.io', '\tstoretypes "cosmossdk.io/store/types"\n\tupgradetypes "cosmossdk.io'),
    ], step: 'start', words: mismatch('(crate|shelf)'),
  },
  {
    rule: 'store-loader-overwritten', mistake: 'Another store loader is set after the upgrade\'s.',
    edits: [put(app, setLoaders, `${setLoaders}\tapp.SetStoreLoader(baseapp.DefaultStoreLoader)\n`)], step: 'start', words: mismatch('(crate|shelf)'),
  },
  {
    rule: 'store-loader-unconditional', mistake: 'The store loader is set without a look at the plan\'s name.',
    edits: [put(list, guarded, `\tfor _, upgrade := range Upgrades {
\t\tstoreUpgrades := upgrade.StoreUpgrades
\t\tapp.SetStoreLoader(upgradetypes.UpgradeStoreLoader(upgradeInfo.Height, &storeUpgrades))
\t}
`)], step: 'next upgrade', words: /initial version set to \d+, but found earlier version|no such store|mismatch/,
  },
  {
    rule: 'store-upgrades-nil', mistake: 'The store loader gets nil.',
    edits: [put(list, guarded, `\tif upgradeInfo.Name == v3.UpgradeName {
\t\tapp.SetStoreLoader(upgradetypes.UpgradeStoreLoader(upgradeInfo.Height, nil))
\t}
`)], step: 'start', words: /invalid memory address or nil pointer dereference/, rest: 'then the stores are still to be given',
  },
  {
    rule: 'handlers-before-configurator', mistake: 'Handlers are registered before the configurator is made.',
    edits: [cut(app, setHandlers), put(app, '\tapp.setupModules()\n', `${setHandlers}\tapp.setupModules()\n`)], step: 'first block', words: /nil/,
  },
  {
    rule: 'migration-gap', mistake: 'A ConsensusVersion rose, and no migration is registered.',
    edits: [cut(counter, '\tif err := cfg.RegisterMigration(types.ModuleName, 2, m.Migrate2to3); err != nil {\n\t\tpanic(err)\n\t}\n')],
    step: 'first block', words: /no migration found for module counter from version 2 to version 3: not found/, rest: 'what it does is still to be written',
  },
  {
    rule: 'run-migrations-result', mistake: 'The handler returns the map that came in.',
    edits: [put(handler, 'toVM, err :=', '_, err :='), put(handler, 'return toVM, nil', 'return fromVM, nil')],
    step: 'next upgrade', words: /counter: there is no count under the old key/,
  },
  {
    rule: 'version-map-override', mistake: 'The handler sets the version of every module.',
    edits: [put(handler, migrations, `\t\tfor name := range mm.Modules {\n\t\t\tfromVM[name] = 1\n\t\t}\n${migrations}`)], step: 'first block', words: /./,
  },
  {
    rule: 'version-map-not-stored', mistake: 'The InitChainer of the chain does not store the module versions.', where: 'both',
    edits: [cut(modules, `\tif err := app.UpgradeKeeper.SetModuleVersionMap(ctx, app.ModuleManager.GetVersionMap()); err != nil {
\t\treturn nil, err
\t}
`)], step: 'first block', words: /bonded pool balance is different from bonded coins/,
  },
  {
    rule: 'preblocker-wiring', mistake: 'The chain sets no pre-blocker.', where: 'both',
    edits: [cut(app, '\tapp.SetPreBlocker(app.PreBlocker)\n')], step: 'old version', words: /the node made block 8 and did not stop for the upgrade/,
  },
  {
    rule: 'preblocker-wiring', mistake: 'The next version sets no pre-blocker.',
    edits: [cut(app, '\tapp.SetPreBlocker(app.PreBlocker)\n')], step: 'first block', words: /counter: the count has 0 bytes, want 8/,
  },
  {
    rule: 'last-handler-removed', mistake: 'A patch release lacks the handler of the last upgrade.', where: 'patch',
    edits: [cut(list, '\tv3.Upgrade,\n'), cut(list, v3Import), { file: stores }, { file: handler }], step: 'first block', words: /wrong app version 0, upgrade handler is missing for v3 upgrade plan/,
  },
];
