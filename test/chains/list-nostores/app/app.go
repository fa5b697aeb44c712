// Package app wires the tessera chain.
package app

import (
	_ "embed"
	"io"
	"os"

	abci "github.com/cometbft/cometbft/abci/types"
	dbm "github.com/cosmos/cosmos-db"

	"cosmossdk.io/core/appconfig"
	"cosmossdk.io/depinject"
	"cosmossdk.io/log"
	upgradekeeper "cosmossdk.io/x/upgrade/keeper"

	"github.com/cosmos/cosmos-sdk/baseapp"
	"github.com/cosmos/cosmos-sdk/codec"
	"github.com/cosmos/cosmos-sdk/runtime"
	servertypes "github.com/cosmos/cosmos-sdk/server/types"
	sdk "github.com/cosmos/cosmos-sdk/types"
	authkeeper "github.com/cosmos/cosmos-sdk/x/auth/keeper"
	bankkeeper "github.com/cosmos/cosmos-sdk/x/bank/keeper"
	stakingkeeper "github.com/cosmos/cosmos-sdk/x/staking/keeper"

	mosaickeeper "github.com/tessera-network/tessera/x/mosaic/keeper"

	_ "cosmossdk.io/x/upgrade"                        // provides its module
	_ "github.com/cosmos/cosmos-sdk/x/auth"           // provides its module
	_ "github.com/cosmos/cosmos-sdk/x/auth/tx/config" // provides its module
	_ "github.com/cosmos/cosmos-sdk/x/bank"           // provides its module
	_ "github.com/cosmos/cosmos-sdk/x/consensus"      // provides its module
	_ "github.com/cosmos/cosmos-sdk/x/genutil"        // provides its module
	_ "github.com/cosmos/cosmos-sdk/x/staking"        // provides its module

	_ "github.com/tessera-network/tessera/x/mosaic" // provides its module
)

// DefaultNodeHome is where a node keeps its data.
var DefaultNodeHome = os.ExpandEnv("$HOME/.tesserad")

//go:embed app.yaml
var appConfig []byte

// TesseraApp is the tessera chain.
type TesseraApp struct {
	*runtime.App

	appCodec codec.Codec

	AccountKeeper authkeeper.AccountKeeper
	BankKeeper    bankkeeper.Keeper
	StakingKeeper *stakingkeeper.Keeper
	UpgradeKeeper *upgradekeeper.Keeper
	MosaicKeeper  mosaickeeper.Keeper
}

// New builds the chain and loads its latest state when asked to.
func New(logger log.Logger, db dbm.DB, traceStore io.Writer, loadLatest bool, appOpts servertypes.AppOptions, baseAppOptions ...func(*baseapp.BaseApp)) (*TesseraApp, error) {
	var (
		app        = &TesseraApp{} //nolint:exhaustruct
		appBuilder *runtime.AppBuilder
	)
	if err := depinject.Inject(
		depinject.Configs(
			appconfig.LoadYAML(appConfig),
			depinject.Supply(logger, appOpts),
		),
		&appBuilder,
		&app.appCodec,
		&app.AccountKeeper,
		&app.BankKeeper,
		&app.StakingKeeper,
		&app.UpgradeKeeper,
		&app.MosaicKeeper,
	); err != nil {
		return nil, err
	}
	app.App = appBuilder.Build(db, traceStore, baseAppOptions...)

	app.setupUpgradeHandlers()

	app.SetInitChainer(func(ctx sdk.Context, req *abci.RequestInitChain) (*abci.ResponseInitChain, error) {
		if err := app.UpgradeKeeper.SetModuleVersionMap(ctx, app.ModuleManager.GetVersionMap()); err != nil {
			return nil, err
		}
		return app.App.InitChainer(ctx, req)
	})

	if err := app.Load(loadLatest); err != nil {
		return nil, err
	}
	return app, nil
}

// MustNew builds the chain or panics.
func MustNew(logger log.Logger, db dbm.DB, traceStore io.Writer, loadLatest bool, appOpts servertypes.AppOptions) *TesseraApp {
	app, err := New(logger, db, traceStore, loadLatest, appOpts)
	if err != nil {
		panic(err)
	}
	return app
}

// Export returns the state as genesis.
func (app *TesseraApp) Export(height int64, forZeroHeight bool, allowed, modules []string) (servertypes.ExportedApp, error) {
	return servertypes.ExportedApp{Height: height}, nil
}
