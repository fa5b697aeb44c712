// Package upgrades holds the chain's upgrades, one folder each.
package upgrades

import (
	storetypes "github.com/cosmos/cosmos-sdk/store/types"
	"github.com/cosmos/cosmos-sdk/types/module"
	upgradetypes "github.com/cosmos/cosmos-sdk/x/upgrade/types"
)

// Upgrade is one upgrade of the chain.
type Upgrade struct {
	// UpgradeName is the name of the plan on the chain.
	UpgradeName string
	// CreateUpgradeHandler gives the function that runs at the plan's height.
	CreateUpgradeHandler func(*module.Manager, module.Configurator) upgradetypes.UpgradeHandler
	// StoreUpgrades are the stores that come and go with the upgrade.
	StoreUpgrades storetypes.StoreUpgrades
}
