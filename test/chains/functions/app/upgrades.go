package app

import (
	storetypes "github.com/cosmos/cosmos-sdk/store/types"
	upgradetypes "github.com/cosmos/cosmos-sdk/x/upgrade/types"

	v3 "github.com/quorum/quorum/app/upgrades/v3"
	votetypes "github.com/quorum/quorum/x/vote/types"
)

// setUpgradeStoreLoaders loads the stores of the planned upgrade.
func (app *App) setUpgradeStoreLoaders() {
	info, err := app.UpgradeKeeper.ReadUpgradeInfoFromDisk()
	if err != nil {
		panic(err)
	}
	if info.Name == v3.V2ToV3PlanName && !app.UpgradeKeeper.IsSkipHeight(info.Height) {
		stores := storetypes.StoreUpgrades{Added: []string{votetypes.StoreKey}}
		app.SetStoreLoader(upgradetypes.UpgradeStoreLoader(info.Height, &stores))
	}
}
