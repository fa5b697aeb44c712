package upgrades

import (
	upgradekeeper "cosmossdk.io/x/upgrade/keeper"

	"github.com/cosmos/cosmos-sdk/baseapp"
	"github.com/cosmos/cosmos-sdk/types/module"
)

// App is what upgrades need of the app.
type App interface {
	GetUpgradeKeeper() *upgradekeeper.Keeper
	GetModuleManager() *module.Manager
	GetConfigurator() module.Configurator
	SetStoreLoader(loader baseapp.StoreLoader)
}
