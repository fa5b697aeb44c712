package app

import (
	storetypes "github.com/cosmos/cosmos-sdk/store/types"
	sdk "github.com/cosmos/cosmos-sdk/types"
	"github.com/cosmos/cosmos-sdk/types/module"
	upgradetypes "github.com/cosmos/cosmos-sdk/x/upgrade/types"

	glazetypes "github.com/kiln-works/kiln/x/glaze/types"
)

// RegisterUpgradeHandlers registers the handlers of all upgrades.
func (app App) RegisterUpgradeHandlers() {
	onDisk, err := app.UpgradeKeeper.ReadUpgradeInfoFromDisk()
	if err != nil {
		panic(err)
	}

	app.registerPast("v1.0")
	app.registerUpgrade1_1(onDisk)
	app.registerUpgrade("v1.2", onDisk, nil, nil)
	app.registerUpgrade1_3(onDisk)
	app.registerUpgrade("v1.4", onDisk, []string{"ashes"}, nil)
	app.registerUpgrade1_5(onDisk)
}

// registerUpgrade1_5 moves the clay of closed ovens.
func (app *App) registerUpgrade1_5(_ upgradetypes.Plan) {
	planName := "v1.5"

	app.UpgradeKeeper.SetUpgradeHandler(planName,
		func(ctx sdk.Context, _ upgradetypes.Plan, fromVM module.VersionMap) (module.VersionMap, error) {
			if !app.ClayKeeper.Has(ctx, []byte("oven")) {
				return fromVM, nil
			}
			return app.ModuleManager.RunMigrations(ctx, app.configurator, fromVM)
		},
	)
}

func (app *App) registerUpgrade1_3(onDisk upgradetypes.Plan) {
	planName := "v1.3"

	app.UpgradeKeeper.SetUpgradeHandler(planName, onlyMigrations(app, planName))

	app.loadStores(planName, onDisk, storetypes.StoreUpgrades{
		Added: []string{glazetypes.StoreKey},
	})
}

func (app *App) registerUpgrade1_1(onDisk upgradetypes.Plan) {
	const planName = "v1.1"

	app.UpgradeKeeper.SetUpgradeHandler(planName,
		func(ctx sdk.Context, _ upgradetypes.Plan, fromVM module.VersionMap) (module.VersionMap, error) {
			delete(fromVM, "glaze")
			return app.ModuleManager.RunMigrations(ctx, app.configurator, fromVM)
		},
	)

	app.loadStores(planName, onDisk, storetypes.StoreUpgrades{
		Deleted: []string{"slip"},
	})
}

func onlyMigrations(app *App, planName string) upgradetypes.UpgradeHandler {
	return func(ctx sdk.Context, _ upgradetypes.Plan, fromVM module.VersionMap) (module.VersionMap, error) {
		ctx.Logger().Info("running migrations", "plan", planName)
		return app.ModuleManager.RunMigrations(ctx, app.configurator, fromVM)
	}
}

// registerUpgrade registers an upgrade that changes stores and runs migrations.
func (app *App) registerUpgrade(planName string, onDisk upgradetypes.Plan, added, deleted []string) {
	app.UpgradeKeeper.SetUpgradeHandler(planName, onlyMigrations(app, planName))

	app.loadStores(planName, onDisk, storetypes.StoreUpgrades{
		Added:   added,
		Deleted: deleted,
	})
}

// registerPast registers an upgrade that every network has behind it.
func (app *App) registerPast(planName string) {
	app.UpgradeKeeper.SetUpgradeHandler(planName,
		func(sdk.Context, upgradetypes.Plan, module.VersionMap) (module.VersionMap, error) {
			panic("this binary cannot upgrade from so far back")
		},
	)
}

// loadStores changes stores when the node stands at the height of the plan.
func (app *App) loadStores(planName string, onDisk upgradetypes.Plan, stores storetypes.StoreUpgrades) {
	if onDisk.Name == planName && !app.UpgradeKeeper.IsSkipHeight(onDisk.Height) {
		app.SetStoreLoader(upgradetypes.UpgradeStoreLoader(onDisk.Height, &stores))
	}
}
