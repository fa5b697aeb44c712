package app

import (
	upgradetypes "github.com/cosmos/cosmos-sdk/x/upgrade/types"

	"github.com/mizar/mizar/app/upgrades"
	mainnetv1 "github.com/mizar/mizar/app/upgrades/mainnet/v1"
	mainnetv2 "github.com/mizar/mizar/app/upgrades/mainnet/v2"
	testnetv2rc0 "github.com/mizar/mizar/app/upgrades/testnet/v2.0.0-rc0"
)

// Upgrades holds the upgrades of all networks.
var Upgrades = []upgrades.Upgrade{
	// mainnet
	mainnetv1.Upgrade,
	mainnetv2.Upgrade,

	// testnet (polaris-1) only
	testnetv2rc0.Upgrade,
}

func (app *App) setupUpgrades() {
	for _, upgrade := range Upgrades {
		app.UpgradeKeeper.SetUpgradeHandler(upgrade.UpgradeName, upgrade.CreateUpgradeHandler(app.ModuleManager, app.configurator, app.BankKeeper))
	}

	info, err := app.UpgradeKeeper.ReadUpgradeInfoFromDisk()
	if err != nil {
		panic(err)
	}
	if app.UpgradeKeeper.IsSkipHeight(info.Height) {
		return
	}
	for i := range Upgrades {
		if Upgrades[i].UpgradeName == info.Name {
			app.SetStoreLoader(upgradetypes.UpgradeStoreLoader(info.Height, &Upgrades[i].StoreUpgrades))
		}
	}
}
