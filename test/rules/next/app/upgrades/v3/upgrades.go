package v3

import (
	"context"

	upgradetypes "cosmossdk.io/x/upgrade/types"
	"github.com/cosmos/cosmos-sdk/types/module"

	"example.org/tally/app/upgrades"
	counterkeeper "example.org/tally/x/counter/keeper"
)

var Upgrade = upgrades.Upgrade{UpgradeName: "v3", CreateUpgradeHandler: CreateUpgradeHandler}

func CreateUpgradeHandler(mm *module.Manager, configurator module.Configurator, _ counterkeeper.Keeper) upgradetypes.UpgradeHandler {
	return func(ctx context.Context, _ upgradetypes.Plan, fromVM module.VersionMap) (module.VersionMap, error) {
		return mm.RunMigrations(ctx, configurator, fromVM)
	}
}
