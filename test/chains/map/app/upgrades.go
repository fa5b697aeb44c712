package app

import (
	"github.com/cosmos/cosmos-sdk/baseapp"
	storetypes "github.com/cosmos/cosmos-sdk/store/types"
	sdk "github.com/cosmos/cosmos-sdk/types"
	"github.com/cosmos/cosmos-sdk/types/module"
	upgradetypes "github.com/cosmos/cosmos-sdk/x/upgrade/types"

	petaltypes "github.com/orchid/orchid/x/petal/types"
)

// planned is what an upgrade does.
type planned struct {
	Added   []string
	Deleted []string
	Renamed []storetypes.StoreRename
	Handler func(sdk.Context, *App, module.VersionMap) (module.VersionMap, error)
}

// flowers are the upgrades by plan name, the oldest first; one without a handler changes nothing.
var flowers = map[string]planned{
	"aster-rc1": {}, // v1.1.0-rc1
	"aster": { // v1.1.0
		Added: []string{petaltypes.StoreKey},
		Handler: func(ctx sdk.Context, app *App, vm module.VersionMap) (module.VersionMap, error) {
			vm, err := migrate(ctx, app, vm)
			if err != nil {
				return nil, err
			}
			app.water(ctx)
			return vm, nil
		},
	},
	"begonia": { // v1.2.0
		Deleted: []string{"soil"},
		Handler: func(ctx sdk.Context, app *App, vm module.VersionMap) (module.VersionMap, error) {
			return migrate(ctx, app, vm)
		},
	},
}

// registerUpgradeHandlers registers a handler for each flower.
func (app *App) registerUpgradeHandlers() {
	for name, upgrade := range flowers {
		handler := func(ctx sdk.Context, _ upgradetypes.Plan, vm module.VersionMap) (module.VersionMap, error) {
			return vm, nil
		}
		if upgrade.Handler != nil {
			todo := upgrade.Handler
			handler = func(ctx sdk.Context, _ upgradetypes.Plan, vm module.VersionMap) (module.VersionMap, error) {
				return todo(ctx, app, vm)
			}
		}
		app.UpgradeKeeper.SetUpgradeHandler(name, handler)
	}

	info, err := app.UpgradeKeeper.ReadUpgradeInfoFromDisk()
	if err != nil {
		panic(err)
	}
	if app.UpgradeKeeper.IsSkipHeight(info.Height) {
		return
	}
	loader := storeLoaderFor(info)
	if loader != nil {
		app.SetStoreLoader(loader)
	}
}

// storeLoaderFor returns the loader of the planned upgrade, or nil where there are no stores to change.
func storeLoaderFor(info upgradetypes.Plan) baseapp.StoreLoader {
	upgrade, found := flowers[info.Name]
	if !found {
		return nil
	}
	stores := storetypes.StoreUpgrades{Added: upgrade.Added, Deleted: upgrade.Deleted, Renamed: upgrade.Renamed}
	return upgradetypes.UpgradeStoreLoader(info.Height, &stores)
}

func migrate(ctx sdk.Context, app *App, vm module.VersionMap) (module.VersionMap, error) {
	ctx.Logger().Info("running migrations")
	return app.mm.RunMigrations(ctx, app.configurator, vm)
}

func (app *App) water(ctx sdk.Context) {
	ctx.Logger().Info("watered")
}
