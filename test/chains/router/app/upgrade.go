package app

import (
	upgradetypes "github.com/cosmos/cosmos-sdk/x/upgrade/types"

	"github.com/transit/transit/app/upgrades"
	v110 "github.com/transit/transit/app/upgrades/v110"
	v120 "github.com/transit/transit/app/upgrades/v120"
)

var router = upgrades.NewUpgradeRouter().
	Register(v110.Upgrade).
	Register(v120.Upgrade)

// registerUpgradeHandlers registers every upgrade the router knows.
func (app *App) registerUpgradeHandlers() {
	app.setUpgradeStoreLoaders()

	for upgradeName, upgrade := range router.Routers() {
		app.UpgradeKeeper.SetUpgradeHandler(upgradeName, upgrade.UpgradeHandlerConstructor(app.mm, app.configurator))
	}
}

func (app *App) setUpgradeStoreLoaders() {
	upgradeInfo, err := app.UpgradeKeeper.ReadUpgradeInfoFromDisk()
	if err != nil {
		panic(err)
	}
	if app.UpgradeKeeper.IsSkipHeight(upgradeInfo.Height) {
		return
	}
	app.SetStoreLoader(upgradetypes.UpgradeStoreLoader(upgradeInfo.Height, router.UpgradeInfo(upgradeInfo.Name).StoreUpgrades))
}
