package upgrades

import (
	"context"

	storetypes "cosmossdk.io/store/types"
	upgradetypes "cosmossdk.io/x/upgrade/types"

	"github.com/cosmos/cosmos-sdk/types/module"

	streamtypes "github.com/pebble-org/pebble/x/stream/types"
)

// Upgrade_1_1_0_PlanName is the name of the plan on chain.
const Upgrade_1_1_0_PlanName = "v1.1.0"

// Upgrade_1_1_0 adds the stream module.
var Upgrade_1_1_0 = Upgrade{
	PlanName: Upgrade_1_1_0_PlanName,
	CreateUpgradeHandler: func(mm *module.Manager, configurator module.Configurator) upgradetypes.UpgradeHandler {
		return func(ctx context.Context, _ upgradetypes.Plan, vm module.VersionMap) (module.VersionMap, error) {
			return mm.RunMigrations(ctx, configurator, vm)
		}
	},
	StoreUpgrades: storetypes.StoreUpgrades{Added: []string{streamtypes.StoreKey}},
}
