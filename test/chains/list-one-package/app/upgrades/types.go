// Package upgrades holds one file per release that upgrades the chain.
package upgrades

import (
	storetypes "cosmossdk.io/store/types"
	upgradetypes "cosmossdk.io/x/upgrade/types"

	"github.com/cosmos/cosmos-sdk/types/module"
)

// Upgrade defines an upgrade of the chain.
type Upgrade struct {
	PlanName             string
	CreateUpgradeHandler func(*module.Manager, module.Configurator) upgradetypes.UpgradeHandler
	StoreUpgrades        storetypes.StoreUpgrades
}
