package upgrades

import (
	upgradetypes "cosmossdk.io/x/upgrade/types"
	"github.com/cosmos/cosmos-sdk/types/module"
)

// Upgrade is an upgrade of the chain.
type Upgrade struct {
	// UpgradeName is the name that governance agrees on.
	UpgradeName string

	// CreateUpgradeHandler makes what runs at the height of the upgrade.
	CreateUpgradeHandler func(moduleManager *module.Manager, configurator module.Configurator) upgradetypes.UpgradeHandler
}
