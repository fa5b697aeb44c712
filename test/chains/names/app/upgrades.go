package app

import (
	sdk "github.com/cosmos/cosmos-sdk/types"
	"github.com/cosmos/cosmos-sdk/types/module"
	upgradetypes "github.com/cosmos/cosmos-sdk/x/upgrade/types"
)

// planNames are in alphabetical order.
var planNames = []string{
	"v1.1.0",
	"v1.2.0",
}

// registerUpgradeHandlers registers the same handler for each name.
func (app *App) registerUpgradeHandlers() {
	for _, name := range planNames {
		app.UpgradeKeeper.SetUpgradeHandler(name, func(ctx sdk.Context, plan upgradetypes.Plan, vm module.VersionMap) (module.VersionMap, error) {
			if plan.Name == "v1.2.0" {
				ctx.Logger().Info("baked")
			}
			return app.mm.RunMigrations(ctx, app.configurator, vm)
		})
	}
}
