package app

import (
	_ "embed"
	"strings"

	storetypes "github.com/cosmos/cosmos-sdk/store/types"
	sdk "github.com/cosmos/cosmos-sdk/types"
	"github.com/cosmos/cosmos-sdk/types/module"
	upgradetypes "github.com/cosmos/cosmos-sdk/x/upgrade/types"

	inktypes "github.com/scroll/scroll/x/ink/types"
)

//go:embed plans.txt
var planNames string

// registerUpgradeHandlers registers the same handler for each name in plans.txt.
func (app *App) registerUpgradeHandlers() {
	for _, name := range strings.Fields(planNames) {
		name := name
		app.UpgradeKeeper.SetUpgradeHandler(name, func(ctx sdk.Context, _ upgradetypes.Plan, vm module.VersionMap) (module.VersionMap, error) {
			if name == "v1.2.0" {
				ctx.Logger().Info("the one with the ink")
			}
			return app.mm.RunMigrations(ctx, app.configurator, vm)
		})
	}

	info, err := app.UpgradeKeeper.ReadUpgradeInfoFromDisk()
	if err != nil {
		panic(err)
	}
	if info.Name == "v1.2.0" && !app.UpgradeKeeper.IsSkipHeight(info.Height) {
		stores := storetypes.StoreUpgrades{Added: []string{inktypes.StoreKey}}
		app.SetStoreLoader(upgradetypes.UpgradeStoreLoader(info.Height, &stores))
	}
}
