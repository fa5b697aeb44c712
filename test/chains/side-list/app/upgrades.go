package app

import (
	"fmt"

	upgradetypes "github.com/cosmos/cosmos-sdk/x/upgrade/types"

	"github.com/ledge/ledge/app/upgrades"
	v_1_1 "github.com/ledge/ledge/app/upgrades/v1.1"
)

// Upgrades are the upgrades whose stores are loaded.
var Upgrades = []upgrades.Upgrade{
	v_1_1.Upgrade,
}

// registerUpgradeHandlers registers the handlers.
func (app *App) registerUpgradeHandlers() {
	app.setUpgradeStoreLoaders()

	if app.UpgradeKeeper.HasHandler(v_1_1.UpgradeName) {
		panic(fmt.Sprintf("there is a handler for %s already", v_1_1.UpgradeName))
	}
	app.UpgradeKeeper.SetUpgradeHandler(
		v_1_1.UpgradeName,
		v_1_1.CreateUpgradeHandler(
			app.mm,
			app.configurator,
		),
	)
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
