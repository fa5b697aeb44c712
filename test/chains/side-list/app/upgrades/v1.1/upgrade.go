package v_1_1

import (
	storetypes "github.com/cosmos/cosmos-sdk/store/types"
	sdk "github.com/cosmos/cosmos-sdk/types"
	"github.com/cosmos/cosmos-sdk/types/module"
	upgradetypes "github.com/cosmos/cosmos-sdk/x/upgrade/types"

	"github.com/ledge/ledge/app/upgrades"
	ropetypes "github.com/ledge/ledge/x/rope/types"
)

// UpgradeName is the name of the plan.
const UpgradeName = "v1.1"

// Upgrade is the upgrade v1.1.
var Upgrade = upgrades.Upgrade{
	UpgradeName: UpgradeName,
	StoreUpgrades: storetypes.StoreUpgrades{
		Added: []string{ropetypes.StoreKey},
	},
}

// CreateUpgradeHandler makes the handler of the upgrade.
func CreateUpgradeHandler(mm *module.Manager, configurator module.Configurator) upgradetypes.UpgradeHandler {
	return func(ctx sdk.Context, _ upgradetypes.Plan, vm module.VersionMap) (module.VersionMap, error) {
		return mm.RunMigrations(ctx, configurator, vm)
	}
}
