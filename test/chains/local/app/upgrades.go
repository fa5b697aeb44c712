package app

import (
	upgradetypes "github.com/cosmos/cosmos-sdk/x/upgrade/types"

	appupgrade "github.com/coral/coral/app/upgrade"
	upgradev1 "github.com/coral/coral/app/upgrade/v1"
	upgradev2 "github.com/coral/coral/app/upgrade/v2"
)

// registerUpgradeHandlers registers the upgrades, and loads the stores of the planned one.
func (app *App) registerUpgradeHandlers() {
	upgrades := []appupgrade.Upgrade{
		upgradev1.New(app.mm, app.configurator),
		upgradev2.New(
			app.mm,
			app.configurator,
			app.ReefKeeper,
		),
	}

	info, err := app.UpgradeKeeper.ReadUpgradeInfoFromDisk()
	if err != nil {
		panic(err)
	}
	isSkipHeight := app.UpgradeKeeper.IsSkipHeight(info.Height)

	for _, upgrade := range upgrades {
		app.UpgradeKeeper.SetUpgradeHandler(upgrade.Name, upgrade.Handler)

		if info.Name == upgrade.Name && !isSkipHeight {
			stores := upgrade.StoreUpgrades
			app.SetStoreLoader(upgradetypes.UpgradeStoreLoader(info.Height, &stores))
		}
	}
}
