package app

import (
	upgradetypes "cosmossdk.io/x/upgrade/types"

	"github.com/nest-exchange/nest/protocol/app/upgrades"
	v_1_0_0 "github.com/nest-exchange/nest/protocol/app/upgrades/v1.0.0"
	v_1_1_0 "github.com/nest-exchange/nest/protocol/app/upgrades/v1.1.0"
)

// Upgrades lists all upgrades, oldest first.
var Upgrades = []upgrades.Upgrade{
	v_1_0_0.Upgrade,
	v_1_1_0.Upgrade,
}

func (app *App) setupUpgradeHandlers() {
	for _, upgrade := range Upgrades {
		app.UpgradeKeeper.SetUpgradeHandler(upgrade.UpgradeName, upgrade.CreateUpgradeHandler(app.ModuleManager, app.configurator))
	}
}

func (app *App) setupUpgradeStoreLoaders() {
	upgradeInfo, err := app.UpgradeKeeper.ReadUpgradeInfoFromDisk()
	if err != nil {
		panic(err)
	}
	if app.UpgradeKeeper.IsSkipHeight(upgradeInfo.Height) {
		return
	}
	for _, upgrade := range Upgrades {
		if upgrade.UpgradeName == upgradeInfo.Name {
			stores := upgrade.StoreUpgrades
			app.SetStoreLoader(upgradetypes.UpgradeStoreLoader(upgradeInfo.Height, &stores))
		}
	}
}
