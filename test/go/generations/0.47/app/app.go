// Package app is a small chain, wired by hand.
package app

import (
	"io"
	"os"
	"path/filepath"

	dbm "github.com/cometbft/cometbft-db"
	"github.com/cometbft/cometbft/libs/log"
	"github.com/cosmos/cosmos-sdk/baseapp"
	"github.com/cosmos/cosmos-sdk/client"
	"github.com/cosmos/cosmos-sdk/codec"
	codectypes "github.com/cosmos/cosmos-sdk/codec/types"
	servertypes "github.com/cosmos/cosmos-sdk/server/types"
	"github.com/cosmos/cosmos-sdk/std"
	storetypes "github.com/cosmos/cosmos-sdk/store/types"
	sdk "github.com/cosmos/cosmos-sdk/types"
	"github.com/cosmos/cosmos-sdk/types/module"
	authkeeper "github.com/cosmos/cosmos-sdk/x/auth/keeper"
	authtx "github.com/cosmos/cosmos-sdk/x/auth/tx"
	authtypes "github.com/cosmos/cosmos-sdk/x/auth/types"
	bankkeeper "github.com/cosmos/cosmos-sdk/x/bank/keeper"
	banktypes "github.com/cosmos/cosmos-sdk/x/bank/types"
	consensuskeeper "github.com/cosmos/cosmos-sdk/x/consensus/keeper"
	consensustypes "github.com/cosmos/cosmos-sdk/x/consensus/types"
	govkeeper "github.com/cosmos/cosmos-sdk/x/gov/keeper"
	govtypes "github.com/cosmos/cosmos-sdk/x/gov/types"
	stakingkeeper "github.com/cosmos/cosmos-sdk/x/staking/keeper"
	stakingtypes "github.com/cosmos/cosmos-sdk/x/staking/types"
	upgradekeeper "github.com/cosmos/cosmos-sdk/x/upgrade/keeper"
	upgradetypes "github.com/cosmos/cosmos-sdk/x/upgrade/types"

	boxtypes "example.com/tiny/x/box/types"
	counterkeeper "example.com/tiny/x/counter/keeper"
	countertypes "example.com/tiny/x/counter/types"
	ledgertypes "example.com/tiny/x/ledger/types"
)

const Name = "tinyd"

// DefaultNodeHome is the folder of a node that names no other.
var DefaultNodeHome = filepath.Join(os.TempDir(), ".tinyd")

type App struct {
	*baseapp.BaseApp

	appCodec          *codec.ProtoCodec
	legacyAmino       *codec.LegacyAmino
	interfaceRegistry codectypes.InterfaceRegistry
	txConfig          client.TxConfig
	keys              map[string]*storetypes.KVStoreKey

	AccountKeeper   authkeeper.AccountKeeper
	BankKeeper      bankkeeper.BaseKeeper
	StakingKeeper   *stakingkeeper.Keeper
	GovKeeper       *govkeeper.Keeper
	UpgradeKeeper   *upgradekeeper.Keeper
	ConsensusKeeper consensuskeeper.Keeper
	CounterKeeper   counterkeeper.Keeper

	ModuleManager *module.Manager
	BasicManager  module.BasicManager
	configurator  module.Configurator
}

// New wires the chain and, where loadLatest says so, loads its state.
func New(
	logger log.Logger, db dbm.DB, traceStore io.Writer, loadLatest bool,
	appOpts servertypes.AppOptions, baseAppOptions ...func(*baseapp.BaseApp),
) *App {
	app := newBase(logger, db, traceStore, baseAppOptions)

	app.keys = sdk.NewKVStoreKeys(
		authtypes.StoreKey,
		banktypes.StoreKey,
		stakingtypes.StoreKey,
		govtypes.StoreKey,
		upgradetypes.StoreKey,
		consensustypes.StoreKey,
		countertypes.StoreKey,
		boxtypes.StoreKey,
		ledgertypes.StoreKey,
	)
	app.setupKeepers(appOpts)
	app.setupModules()

	app.MountKVStores(app.keys)
	app.SetInitChainer(app.InitChainer)
	app.SetBeginBlocker(app.ModuleManager.BeginBlock)
	app.SetEndBlocker(app.ModuleManager.EndBlock)
	app.setupAnteHandler()
	app.setupUpgradeHandlers()
	app.setupUpgradeStoreLoaders()

	if loadLatest {
		if err := app.LoadLatestVersion(); err != nil {
			panic(err)
		}
	}
	return app
}

func newBase(logger log.Logger, db dbm.DB, traceStore io.Writer, options []func(*baseapp.BaseApp)) *App {
	interfaceRegistry := codectypes.NewInterfaceRegistry()
	appCodec, legacyAmino := codec.NewProtoCodec(interfaceRegistry), codec.NewLegacyAmino()
	std.RegisterLegacyAminoCodec(legacyAmino)
	std.RegisterInterfaces(interfaceRegistry)
	txConfig := authtx.NewTxConfig(appCodec, authtx.DefaultSignModes)

	bApp := baseapp.NewBaseApp(Name, logger, db, txConfig.TxDecoder(), options...)
	bApp.SetCommitMultiStoreTracer(traceStore)
	bApp.SetInterfaceRegistry(interfaceRegistry)
	bApp.SetTxEncoder(txConfig.TxEncoder())
	return &App{
		BaseApp: bApp, appCodec: appCodec, legacyAmino: legacyAmino,
		interfaceRegistry: interfaceRegistry, txConfig: txConfig,
	}
}
