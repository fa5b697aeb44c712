package app

import (
	"fmt"

	upgradetypes "cosmossdk.io/x/upgrade/types"

	apptypes "github.com/postal-chain/postal/app/types"
	// Every upgrade registers itself.
	_ "github.com/postal-chain/postal/upgrades"
	utypes "github.com/postal-chain/postal/upgrades/types"
)

// RegisterUpgradeHandlers registers the handlers of the upgrades that entered themselves.
func (app *App) RegisterUpgradeHandlers() {
	info, err := app.UpgradeKeeper.ReadUpgradeInfoFromDisk()
	if err != nil {
		panic(err)
	}

	if app.UpgradeKeeper.IsSkipHeight(info.Height) {
		return
	}

	for name, newUpgrade := range utypes.Upgrades() {
		upgrade, err := newUpgrade(app.Logger(), &apptypes.App{ModuleManager: app.ModuleManager, Configurator: app.configurator})
		if err != nil {
			panic(fmt.Errorf("upgrade %s: %w", name, err))
		}

		app.UpgradeKeeper.SetUpgradeHandler(name, upgrade.Handler())

		if info.Name == name {
			if stores := upgrade.StoreLoader(); stores != nil {
				app.SetStoreLoader(upgradetypes.UpgradeStoreLoader(info.Height, stores))
			}
		}
	}
}
