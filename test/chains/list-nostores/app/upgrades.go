package app

import (
	"github.com/tessera-network/tessera/app/upgrades"
	"github.com/tessera-network/tessera/app/upgrades/v0_1_0"
	"github.com/tessera-network/tessera/app/upgrades/v0_2_0"
)

var upgradeHandlers = []upgrades.Upgrade{
	v0_1_0.Upgrade,
	v0_2_0.Upgrade,
	// Add more upgrade handlers here
	// ...
}

func (app *TesseraApp) setupUpgradeHandlers() {
	for _, handler := range upgradeHandlers {
		app.UpgradeKeeper.SetUpgradeHandler(handler.UpgradeName, handler.CreateUpgradeHandler(app.ModuleManager, app.Configurator()))
	}
}
