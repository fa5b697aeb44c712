package app

import (
	"fmt"

	"github.com/cosmos/cosmos-sdk/baseapp"

	"github.com/alloy-mill/alloy/app/upgrades/brass"
	"github.com/alloy-mill/alloy/app/upgrades/bronze"
)

func (app *App) setupUpgradeHandlers() {
	app.UpgradeKeeper.SetUpgradeHandler(
		brass.UpgradeName,
		brass.CreateUpgradeHandler(app.ModuleManager, app.configurator),
	)

	app.UpgradeKeeper.SetUpgradeHandler(
		bronze.UpgradeName,
		bronze.CreateUpgradeHandler(app.ModuleManager, app.configurator),
	)

	upgradeInfo, err := app.UpgradeKeeper.ReadUpgradeInfoFromDisk()
	if err != nil {
		panic(fmt.Errorf("failed to read upgrade info from disk: %w", err))
	}

	if app.UpgradeKeeper.IsSkipHeight(upgradeInfo.Height) {
		return
	}

	var storeLoader baseapp.StoreLoader

	switch upgradeInfo.Name {
	case bronze.UpgradeName:
		storeLoader = bronze.CreateStoreLoader(upgradeInfo.Height)
	}

	if storeLoader != nil {
		app.SetStoreLoader(storeLoader)
	}
}
