package app

import (
	upgradetypes "github.com/cosmos/cosmos-sdk/x/upgrade/types"

	"github.com/lantern-net/lantern/v2/app/upgrades"
	v110 "github.com/lantern-net/lantern/v2/app/upgrades/v110"
	v200 "github.com/lantern-net/lantern/v2/app/upgrades/v200"
)

// setupUpgradeHandlers registers every upgrade that this binary can run.
func (app *App) setupUpgradeHandlers() {
	app.registerUpgrade(v110.NewUpgrade(app.ModuleManager, app.configurator))
	app.registerUpgrade(v200.NewUpgrade(app.ModuleManager, app.configurator, app.WickKeeper))
}

// registerUpgrade registers an upgrade, and loads its stores when it is due.
func (app *App) registerUpgrade(upgrade upgrades.Upgrade) {
	app.UpgradeKeeper.SetUpgradeHandler(upgrade.Name(), upgrade.Handler())

	info, err := app.UpgradeKeeper.ReadUpgradeInfoFromDisk()
	if err != nil {
		panic(err)
	}

	if info.Name == upgrade.Name() && !app.UpgradeKeeper.IsSkipHeight(info.Height) {
		app.SetStoreLoader(upgradetypes.UpgradeStoreLoader(info.Height, upgrade.StoreUpgrades()))
	}
}
