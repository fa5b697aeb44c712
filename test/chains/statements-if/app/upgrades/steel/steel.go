// Package steel is the steel upgrade.
package steel

import (
	sdk "github.com/cosmos/cosmos-sdk/types"
	"github.com/cosmos/cosmos-sdk/types/module"
	upgradetypes "github.com/cosmos/cosmos-sdk/x/upgrade/types"

	smelterkeeper "github.com/foundry-chain/foundry/x/smelter/keeper"
)

// UpgradeName is the name of the plan.
const UpgradeName = "steel"

// CreateUpgradeHandler creates the handler of steel.
func CreateUpgradeHandler(mm *module.Manager, configurator module.Configurator, sk *smelterkeeper.Keeper) upgradetypes.UpgradeHandler {
	return func(ctx sdk.Context, plan upgradetypes.Plan, vm module.VersionMap) (module.VersionMap, error) {
		ctx.Logger().Info("upgrading", "plan", plan.Name, "ready", sk.Has(ctx, []byte("params")))
		return mm.RunMigrations(ctx, configurator, vm)
	}
}
