package v3

import (
	sdk "github.com/cosmos/cosmos-sdk/types"
	"github.com/cosmos/cosmos-sdk/types/module"
	authkeeper "github.com/cosmos/cosmos-sdk/x/auth/keeper"
	upgradetypes "github.com/cosmos/cosmos-sdk/x/upgrade/types"
)

// V2ToV3PlanName is the name of the plan.
const V2ToV3PlanName = "v3"

// GetV3UpgradeHandler makes the handler of the upgrade.
func GetV3UpgradeHandler(mm *module.Manager, configurator *module.Configurator, _ *authkeeper.AccountKeeper) upgradetypes.UpgradeHandler {
	return func(ctx sdk.Context, _ upgradetypes.Plan, vm module.VersionMap) (module.VersionMap, error) {
		return mm.RunMigrations(ctx, *configurator, vm)
	}
}
