package v1_1_0

import (
	"context"

	upgradetypes "cosmossdk.io/x/upgrade/types"

	"github.com/cosmos/cosmos-sdk/types/module"

	"github.com/orchard-net/orchard/app/upgrades"
)

const upgradeName = "v1.1.0"

// RegisterUpgradeHandlers registers the handler of this upgrade.
func RegisterUpgradeHandlers(app upgrades.App) {
	app.GetUpgradeKeeper().SetUpgradeHandler(
		upgradeName,
		func(ctx context.Context, _ upgradetypes.Plan, vm module.VersionMap) (module.VersionMap, error) {
			return app.GetModuleManager().RunMigrations(ctx, app.GetConfigurator(), vm)
		},
	)
}
