package app

import (
	upgradetypes "cosmossdk.io/x/upgrade/types"

	"github.com/kintsugi-zone/kintsugi/app/upgrades"
	"github.com/kintsugi-zone/kintsugi/app/upgrades/v1"
	"github.com/kintsugi-zone/kintsugi/app/upgrades/v2"
)

// Upgrades lists all upgrades, oldest first.
var Upgrades = []upgrades.Upgrade{
	v1.Upgrade,
<<<<<<< HEAD
	v2.Upgrade,
=======
>>>>>>> release/v2
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
