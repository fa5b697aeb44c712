package app

import (
	"fmt"

	storetypes "github.com/cosmos/cosmos-sdk/store/types"
	upgradetypes "github.com/cosmos/cosmos-sdk/x/upgrade/types"

	v1 "github.com/estuary-zone/estuary/v3/app/upgrades/v1"
	v2 "github.com/estuary-zone/estuary/v3/app/upgrades/v2"
	v3 "github.com/estuary-zone/estuary/v3/app/upgrades/v3"
	deltatypes "github.com/estuary-zone/estuary/v3/x/delta/types"
)

func (app *App) setupUpgradeHandlers() {
	// v1 upgrade handler
	app.UpgradeKeeper.SetUpgradeHandler(
		v1.UpgradeName,
		v1.CreateUpgradeHandler(app.ModuleManager, app.configurator),
	)

	// v2 upgrade handler
	app.UpgradeKeeper.SetUpgradeHandler(
		v2.UpgradeName,
		v2.CreateUpgradeHandler(
			app.ModuleManager,
			app.configurator,
			app.BankKeeper,
			app.TideKeeper,
		),
	)

	// v3 upgrade handler
	app.UpgradeKeeper.SetUpgradeHandler(
		v3.UpgradeName,
		v3.CreateUpgradeHandler(
			app.ModuleManager,
			app.configurator,
			app.TideKeeper,
		),
	)

	upgradeInfo, err := app.UpgradeKeeper.ReadUpgradeInfoFromDisk()
	if err != nil {
		panic(fmt.Errorf("failed to read upgrade info from disk: %w", err))
	}

	if app.UpgradeKeeper.IsSkipHeight(upgradeInfo.Height) {
		return
	}

	// If stores are added, renamed or deleted, the store loader has to know
	var storeUpgrades *storetypes.StoreUpgrades

	switch upgradeInfo.Name {
	case "v2":
		storeUpgrades = &storetypes.StoreUpgrades{
			Added: []string{deltatypes.StoreKey},
		}
	case "v3":
		storeUpgrades = &storetypes.StoreUpgrades{
			Deleted: []string{"ebb"},
		}
	}

	if storeUpgrades != nil {
		app.SetStoreLoader(upgradetypes.UpgradeStoreLoader(upgradeInfo.Height, storeUpgrades))
	}
}
