package app

import (
	upgradetypes "github.com/cosmos/cosmos-sdk/x/upgrade/types"

	"github.com/zenith/zenith/v2/app/upgrades"
	v1 "github.com/zenith/zenith/v2/app/upgrades/v1"
	v2 "github.com/zenith/zenith/v2/app/upgrades/v2"
)

// Upgrades lists all upgrades, oldest first.
var Upgrades = []upgrades.Upgrade{v1.Upgrade, v2.Upgrade}

func (app *ZenithApp) setupUpgradeHandlers() {
	for _, upgrade := range Upgrades {
		app.UpgradeKeeper.SetUpgradeHandler(upgrade.UpgradeName, upgrade.CreateUpgradeHandler(app.ModuleManager, app.configurator))
	}
}

func (app *ZenithApp) setupUpgradeStoreLoaders() {
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
