// Package app is a small chain that depinject wires.
package app

import (
	"encoding/json"
	"io"

	"cosmossdk.io/depinject"
	"cosmossdk.io/log"
	upgradekeeper "cosmossdk.io/x/upgrade/keeper"
	dbm "github.com/cosmos/cosmos-db"
	"github.com/cosmos/cosmos-sdk/baseapp"
	"github.com/cosmos/cosmos-sdk/codec"
	"github.com/cosmos/cosmos-sdk/runtime"
	servertypes "github.com/cosmos/cosmos-sdk/server/types"
	authkeeper "github.com/cosmos/cosmos-sdk/x/auth/keeper"
	bankkeeper "github.com/cosmos/cosmos-sdk/x/bank/keeper"
	govkeeper "github.com/cosmos/cosmos-sdk/x/gov/keeper"
	stakingkeeper "github.com/cosmos/cosmos-sdk/x/staking/keeper"

	_ "cosmossdk.io/x/upgrade"
	_ "github.com/cosmos/cosmos-sdk/x/auth"
	_ "github.com/cosmos/cosmos-sdk/x/auth/tx/config"
	_ "github.com/cosmos/cosmos-sdk/x/bank"
	_ "github.com/cosmos/cosmos-sdk/x/consensus"
	_ "github.com/cosmos/cosmos-sdk/x/distribution"
	_ "github.com/cosmos/cosmos-sdk/x/genutil"
	_ "github.com/cosmos/cosmos-sdk/x/gov"
	_ "github.com/cosmos/cosmos-sdk/x/staking"
)

type App struct {
	*runtime.App

	appCodec codec.Codec

	AccountKeeper authkeeper.AccountKeeper
	BankKeeper    bankkeeper.BaseKeeper
	StakingKeeper *stakingkeeper.Keeper
	GovKeeper     *govkeeper.Keeper
	UpgradeKeeper *upgradekeeper.Keeper
}

// New wires the chain and, where loadLatest says so, loads its state.
func New(
	logger log.Logger, db dbm.DB, traceStore io.Writer, loadLatest bool,
	appOpts servertypes.AppOptions, baseAppOptions ...func(*baseapp.BaseApp),
) *App {
	app := &App{}
	var appBuilder *runtime.AppBuilder
	if err := depinject.Inject(
		depinject.Configs(AppConfig, depinject.Supply(logger, appOpts)),
		&appBuilder,
		&app.appCodec,
		&app.AccountKeeper,
		&app.BankKeeper,
		&app.StakingKeeper,
		&app.GovKeeper,
		&app.UpgradeKeeper,
	); err != nil {
		panic(err)
	}
	app.App = appBuilder.Build(db, traceStore, baseAppOptions...)

	app.setupUpgradeHandlers()
	app.setupUpgradeStoreLoaders()
	if err := app.Load(loadLatest); err != nil {
		panic(err)
	}
	return app
}

func (app *App) AppCodec() codec.Codec { return app.appCodec }

func (app *App) DefaultGenesis() map[string]json.RawMessage { return app.App.DefaultGenesis() }
