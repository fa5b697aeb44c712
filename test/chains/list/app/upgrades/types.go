package upgrades

import (
	store "cosmossdk.io/store/types"
	upgradetypes "cosmossdk.io/x/upgrade/types"

	"github.com/cosmos/cosmos-sdk/types/module"

	"github.com/harbor-chain/harbor/app/keepers"
)

// Upgrade defines an upgrade of the chain: its name, its handler and the stores it adds, renames and deletes.
type Upgrade struct {
	// UpgradeName is the name of the plan on chain.
	UpgradeName string

	// CreateUpgradeHandler makes the handler that runs at the height of the upgrade.
	CreateUpgradeHandler func(*module.Manager, module.Configurator, *keepers.AppKeepers) upgradetypes.UpgradeHandler

	// StoreUpgrades are the stores that change before the first block of the new binary.
	StoreUpgrades store.StoreUpgrades
}
