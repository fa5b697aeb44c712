package app

import (
	"cosmossdk.io/log"
	storetypes "cosmossdk.io/store/types"
	upgradekeeper "cosmossdk.io/x/upgrade/keeper"
	abci "github.com/cometbft/cometbft/abci/types"
	dbm "github.com/cosmos/cosmos-db"
	"github.com/cosmos/cosmos-sdk/baseapp"
	sdk "github.com/cosmos/cosmos-sdk/types"
	"github.com/cosmos/cosmos-sdk/types/module"

	counterkeeper "example.org/tally/x/counter/keeper"
)

type App struct {
	*baseapp.BaseApp

	keys          map[string]*storetypes.KVStoreKey
	mm            *module.Manager
	configurator  module.Configurator
	UpgradeKeeper *upgradekeeper.Keeper
	CounterKeeper counterkeeper.Keeper
}

func New(logger log.Logger, db dbm.DB) *App {
	app := &App{BaseApp: baseapp.NewBaseApp("tally", logger, db, nil), keys: storeKeys()}
	app.mm = module.NewManager(appModules(app)...)
	app.mm.SetOrderPreBlockers("upgrade")
	app.configurator = module.NewConfigurator(nil, app.MsgServiceRouter(), app.GRPCQueryRouter())
	app.MountKVStores(app.keys)
	app.SetInitChainer(app.InitChainer)
	app.SetPreBlocker(app.PreBlocker)
	app.setupUpgradeHandlers()
	if err := app.LoadLatestVersion(); err != nil {
		panic(err)
	}
	return app
}

func (app *App) PreBlocker(ctx sdk.Context, _ *abci.RequestFinalizeBlock) (*sdk.ResponsePreBlock, error) {
	return app.mm.PreBlock(ctx)
}

func (app *App) InitChainer(ctx sdk.Context, req *abci.RequestInitChain) (*abci.ResponseInitChain, error) {
	if err := app.UpgradeKeeper.SetModuleVersionMap(ctx, app.mm.GetVersionMap()); err != nil {
		return nil, err
	}
	return app.mm.InitGenesis(ctx, nil, nil)
}
