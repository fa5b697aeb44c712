package app

import (
	upgradetypes "github.com/cosmos/cosmos-sdk/x/upgrade/types"

	"github.com/fork/fork/app/upgrades"
)

// Upgrades are the upgrades of the network that the build is for.
var Upgrades []upgrades.Upgrade

// registerUpgradeHandlers registers the upgrades.
func (app *App) registerUpgradeHandlers() {
	app.setUpgradeStoreLoaders()

	for _, upgrade := range Upgrades {
		app.UpgradeKeeper.SetUpgradeHandler(upgrade.UpgradeName, upgrade.CreateUpgradeHandler(app.mm, app.configurator))
	}
}

// setUpgradeStoreLoaders loads the stores of the planned upgrade.
func (app *App) setUpgradeStoreLoaders() {
	info, err := app.UpgradeKeeper.ReadUpgradeInfoFromDisk()
	if err != nil {
		panic(err)
	}
	if app.UpgradeKeeper.IsSkipHeight(info.Height) {
		return
	}
	for _, upgrade := range Upgrades {
		if info.Name == upgrade.UpgradeName {
			stores := upgrade.StoreUpgrades
			app.SetStoreLoader(upgradetypes.UpgradeStoreLoader(info.Height, &stores))
		}
	}
}
