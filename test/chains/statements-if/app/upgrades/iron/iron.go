// Package iron is the iron upgrade.
package iron

import (
	sdk "github.com/cosmos/cosmos-sdk/types"
	"github.com/cosmos/cosmos-sdk/types/module"
	upgradetypes "github.com/cosmos/cosmos-sdk/x/upgrade/types"
)

// UpgradeName is the name of the plan.
const UpgradeName = "iron"

// CreateUpgradeHandler creates the handler of iron.
func CreateUpgradeHandler(mm *module.Manager, configurator module.Configurator) upgradetypes.UpgradeHandler {
	return func(ctx sdk.Context, plan upgradetypes.Plan, vm module.VersionMap) (module.VersionMap, error) {
		ctx.Logger().Info("upgrading", "plan", plan.Name)
		return mm.RunMigrations(ctx, configurator, vm)
	}
}
