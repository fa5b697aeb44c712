package app

import (
	"fmt"

	upgradetypes "github.com/cosmos/cosmos-sdk/x/upgrade/types"

	"example.com/tiny/app/upgrades"
	v2 "example.com/tiny/app/upgrades/v2"
)

// Upgrades are the upgrades this binary can run, oldest first.
var Upgrades = []upgrades.Upgrade{
	v2.Upgrade,
}

// setupUpgradeHandlers registers every upgrade. It must run after RegisterServices.
func (app *App) setupUpgradeHandlers() {
	for _, upgrade := range Upgrades {
		app.UpgradeKeeper.SetUpgradeHandler(
			upgrade.UpgradeName,
			upgrade.CreateUpgradeHandler(app.ModuleManager, app.configurator),
		)
	}
}

// setupUpgradeStoreLoaders loads the stores of the upgrade the node stopped for. It must run before LoadLatestVersion.
func (app *App) setupUpgradeStoreLoaders() {
	upgradeInfo, err := app.UpgradeKeeper.ReadUpgradeInfoFromDisk()
	if err != nil {
		panic(fmt.Sprintf("failed to read upgrade info from disk: %s", err))
	}
	if app.UpgradeKeeper.IsSkipHeight(upgradeInfo.Height) {
		return
	}
	for _, upgrade := range Upgrades {
		if upgradeInfo.Name == upgrade.UpgradeName {
			storeUpgrades := upgrade.StoreUpgrades
			app.SetStoreLoader(upgradetypes.UpgradeStoreLoader(upgradeInfo.Height, &storeUpgrades))
		}
	}
}
