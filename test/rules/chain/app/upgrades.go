package app

import (
	"fmt"

	upgradetypes "cosmossdk.io/x/upgrade/types"

	"example.org/tally/app/upgrades"
	v2 "example.org/tally/app/upgrades/v2"
)

var Upgrades = []upgrades.Upgrade{v2.Upgrade}

func (app *App) setupUpgradeHandlers() {
	for _, upgrade := range Upgrades {
		app.UpgradeKeeper.SetUpgradeHandler(upgrade.UpgradeName, upgrade.CreateUpgradeHandler(app.mm, app.configurator, app.CounterKeeper))
	}

	upgradeInfo, err := app.UpgradeKeeper.ReadUpgradeInfoFromDisk()
	if err != nil {
		panic(fmt.Errorf("failed to read upgrade info from disk: %w", err))
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
