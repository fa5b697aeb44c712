package upgrades

import (
	storetypes "cosmossdk.io/store/types"
	upgradetypes "cosmossdk.io/x/upgrade/types"
	"github.com/cosmos/cosmos-sdk/types/module"

	counterkeeper "example.org/tally/x/counter/keeper"
)

type Upgrade struct {
	UpgradeName          string
	CreateUpgradeHandler func(*module.Manager, module.Configurator, counterkeeper.Keeper) upgradetypes.UpgradeHandler
	StoreUpgrades        storetypes.StoreUpgrades
}
