import type { Generation } from '../go/generations.ts';

export const app = 'app/app.go';
export const list = 'app/upgrades.go';
export const modules = 'app/modules.go';
export const stores = 'app/upgrades/v3/constants.go';
export const handler = 'app/upgrades/v3/upgrades.go';
export const counter = 'x/counter/module.go';
export const shelfKeys = 'x/shelf/types/keys.go';

export const shelfImport = '\tshelftypes "example.com/tiny/x/shelf/types"\n';
export const boxImport = '\tboxtypes "example.com/tiny/x/box/types"\n';
export const v3Import = '\tv3 "example.com/tiny/app/upgrades/v3"\n';
export const addedItem = '\t\t\tshelftypes.StoreKey,\n';
export const added = `\t\tAdded: []string{\n${addedItem}\t\t},\n`;
export const renamed =
  '\t\tRenamed: []storetypes.StoreRename{\n\t\t\t{OldKey: "box", NewKey: boxtypes.StoreKey},\n\t\t},\n';
export const storeUpgrades = `\tStoreUpgrades: storetypes.StoreUpgrades{\n${added}${renamed}\t\tDeleted: []string{\n\t\t\t"ledger",\n\t\t},\n\t},\n`;
export const load =
  '\tif loadLatest {\n\t\tif err := app.LoadLatestVersion(); err != nil {\n\t\t\tpanic(err)\n\t\t}\n\t}\n';
export const setLoaders = '\tapp.setupUpgradeStoreLoaders()\n';
export const setHandlers = '\tapp.setupUpgradeHandlers()\n';
export const setPreBlocker = '\tapp.SetPreBlocker(app.PreBlocker)\n';
export const setBeginBlocker = '\tapp.SetBeginBlocker(app.ModuleManager.BeginBlock)\n';
export const guarded = `\tfor _, upgrade := range Upgrades {
\t\tif upgradeInfo.Name == upgrade.UpgradeName {
\t\t\tstoreUpgrades := upgrade.StoreUpgrades
\t\t\tapp.SetStoreLoader(upgradetypes.UpgradeStoreLoader(upgradeInfo.Height, &storeUpgrades))
\t\t}
\t}
`;
export const migrations = `\t\ttoVM, err := mm.RunMigrations(ctx, configurator, fromVM)
\t\tif err != nil {
\t\t\treturn nil, fmt.Errorf("upgrade %s: %w", UpgradeName, err)
\t\t}
\t\treturn toVM, nil
`;

/** The import of the store's types, which each generation has elsewhere. */
export function storeTypesImport(generation: Generation): string {
  return `\tstoretypes "${storeTypesPath(generation)}"\n`;
}

function storeTypesPath(generation: Generation): string {
  if (generation === '0.47') return 'github.com/cosmos/cosmos-sdk/store/types';
  if (generation < '0.54') return 'cosmossdk.io/store/types';
  return 'github.com/cosmos/cosmos-sdk/store/v2/types';
}

/** How the InitChainer stores the module versions. */
export function setVersions(generation: Generation): string {
  const call = 'app.UpgradeKeeper.SetModuleVersionMap(ctx, app.ModuleManager.GetVersionMap())';
  return generation === '0.47'
    ? `\t${call}\n`
    : `\tif err := ${call}; err != nil {\n\t\treturn nil, err\n\t}\n`;
}
