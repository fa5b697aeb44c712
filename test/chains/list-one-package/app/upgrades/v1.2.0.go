package upgrades

import (
	"context"

	storetypes "cosmossdk.io/store/types"
	upgradetypes "cosmossdk.io/x/upgrade/types"

	"github.com/cosmos/cosmos-sdk/types/module"
)

// Upgrade_1_2_0_PlanName is the name of the plan on chain.
const Upgrade_1_2_0_PlanName = "v1.2.0"

// Upgrade_1_2_0 only runs migrations.
var Upgrade_1_2_0 = Upgrade{
	PlanName: Upgrade_1_2_0_PlanName,
	CreateUpgradeHandler: func(mm *module.Manager, configurator module.Configurator) upgradetypes.UpgradeHandler {
		return func(ctx context.Context, _ upgradetypes.Plan, vm module.VersionMap) (module.VersionMap, error) {
			return mm.RunMigrations(ctx, configurator, vm)
		}
	},
	StoreUpgrades: storetypes.StoreUpgrades{},
}
