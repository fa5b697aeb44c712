package app

import (
	storetypes "github.com/cosmos/cosmos-sdk/store/types"
	sdk "github.com/cosmos/cosmos-sdk/types"
	"github.com/cosmos/cosmos-sdk/types/module"
	upgradetypes "github.com/cosmos/cosmos-sdk/x/upgrade/types"

	spoketypes "github.com/axle/axle/x/spoke/types"
)

// chainUpgrade is an upgrade of the chain; one without a handler runs the migrations and nothing else.
type chainUpgrade struct {
	name          string
	storeUpgrades storetypes.StoreUpgrades
	makeHandler   func(app *App) upgradetypes.UpgradeHandler
}

// chainUpgrades are the upgrades this binary knows, the oldest first.
var chainUpgrades = []chainUpgrade{
	{
		name: "v1.1",
		makeHandler: func(app *App) upgradetypes.UpgradeHandler {
			return func(ctx sdk.Context, _ upgradetypes.Plan, vm module.VersionMap) (module.VersionMap, error) {
				return app.mm.RunMigrations(ctx, app.configurator, vm)
			}
		},
	},
	{
		// x/spoke came with v1.2.
		name: "v1.2",
		storeUpgrades: storetypes.StoreUpgrades{
			Added: []string{
				spoketypes.StoreKey,
			},
		},
	},
}

// registerUpgradeHandlers registers the upgrades, and loads the stores of the planned one.
func (app *App) registerUpgradeHandlers() {
	for _, u := range chainUpgrades {
		handler := app.defaultHandler()
		if u.makeHandler != nil {
			handler = u.makeHandler(app)
		}
		app.UpgradeKeeper.SetUpgradeHandler(u.name, handler)
	}

	info, err := app.UpgradeKeeper.ReadUpgradeInfoFromDisk()
	if err != nil {
		panic(err)
	}
	if app.UpgradeKeeper.IsSkipHeight(info.Height) {
		return
	}
	for _, u := range chainUpgrades {
		if info.Name == u.name {
			stores := u.storeUpgrades
			app.SetStoreLoader(upgradetypes.UpgradeStoreLoader(info.Height, &stores))
			return
		}
	}
}

func (app *App) defaultHandler() upgradetypes.UpgradeHandler {
	return func(ctx sdk.Context, _ upgradetypes.Plan, vm module.VersionMap) (module.VersionMap, error) {
		return app.mm.RunMigrations(ctx, app.configurator, vm)
	}
}
