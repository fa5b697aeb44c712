package app

import (
	"encoding/json"
	"io"
	"os"

	dbm "github.com/cometbft/cometbft-db"
	abci "github.com/cometbft/cometbft/abci/types"
	"github.com/cometbft/cometbft/libs/log"
	"github.com/spf13/cast"

	"github.com/cosmos/cosmos-sdk/baseapp"
	"github.com/cosmos/cosmos-sdk/client/flags"
	"github.com/cosmos/cosmos-sdk/codec"
	codectypes "github.com/cosmos/cosmos-sdk/codec/types"
	servertypes "github.com/cosmos/cosmos-sdk/server/types"
	storetypes "github.com/cosmos/cosmos-sdk/store/types"
	sdk "github.com/cosmos/cosmos-sdk/types"
	"github.com/cosmos/cosmos-sdk/types/module"
	"github.com/cosmos/cosmos-sdk/x/auth"
	authkeeper "github.com/cosmos/cosmos-sdk/x/auth/keeper"
	authtypes "github.com/cosmos/cosmos-sdk/x/auth/types"
	"github.com/cosmos/cosmos-sdk/x/bank"
	bankkeeper "github.com/cosmos/cosmos-sdk/x/bank/keeper"
	banktypes "github.com/cosmos/cosmos-sdk/x/bank/types"
	"github.com/cosmos/cosmos-sdk/x/consensus"
	consensuskeeper "github.com/cosmos/cosmos-sdk/x/consensus/keeper"
	consensustypes "github.com/cosmos/cosmos-sdk/x/consensus/types"
	govtypes "github.com/cosmos/cosmos-sdk/x/gov/types"
	"github.com/cosmos/cosmos-sdk/x/staking"
	stakingkeeper "github.com/cosmos/cosmos-sdk/x/staking/keeper"
	stakingtypes "github.com/cosmos/cosmos-sdk/x/staking/types"
	"github.com/cosmos/cosmos-sdk/x/upgrade"
	upgradekeeper "github.com/cosmos/cosmos-sdk/x/upgrade/keeper"
	upgradetypes "github.com/cosmos/cosmos-sdk/x/upgrade/types"

	deltatypes "github.com/estuary-zone/estuary/v3/x/delta/types"
	"github.com/estuary-zone/estuary/v3/x/tide"
	tidekeeper "github.com/estuary-zone/estuary/v3/x/tide/keeper"
	tidetypes "github.com/estuary-zone/estuary/v3/x/tide/types"
)

// Name is the chain's name and the prefix of its addresses.
const Name = "estuary"

// DefaultNodeHome is where a node keeps its data.
var DefaultNodeHome = os.ExpandEnv("$HOME/.estuary")

// App is the estuary chain.
type App struct {
	*baseapp.BaseApp

	appCodec codec.Codec
	keys     map[string]*storetypes.KVStoreKey

	AccountKeeper   authkeeper.AccountKeeper
	BankKeeper      bankkeeper.BaseKeeper
	StakingKeeper   *stakingkeeper.Keeper
	UpgradeKeeper   *upgradekeeper.Keeper
	ConsensusKeeper consensuskeeper.Keeper
	TideKeeper      tidekeeper.Keeper

	ModuleManager *module.Manager
	configurator  module.Configurator
}

// New builds the chain and loads its latest state when asked to.
func New(logger log.Logger, db dbm.DB, traceStore io.Writer, loadLatest bool, appOpts servertypes.AppOptions, baseAppOptions ...func(*baseapp.BaseApp)) *App {
	cdc := codec.NewProtoCodec(codectypes.NewInterfaceRegistry())
	bApp := baseapp.NewBaseApp(Name, logger, db, nil, baseAppOptions...)
	bApp.SetCommitMultiStoreTracer(traceStore)

	keys := sdk.NewKVStoreKeys(
		authtypes.StoreKey, banktypes.StoreKey, stakingtypes.StoreKey,
		upgradetypes.StoreKey, consensustypes.StoreKey, tidetypes.StoreKey, deltatypes.StoreKey,
	)
	app := &App{BaseApp: bApp, appCodec: cdc, keys: keys}
	authority := authtypes.NewModuleAddress(govtypes.ModuleName).String()

	app.ConsensusKeeper = consensuskeeper.NewKeeper(cdc, keys[consensustypes.StoreKey], authority)
	bApp.SetParamStore(&app.ConsensusKeeper)
	app.UpgradeKeeper = upgradekeeper.NewKeeper(skipHeights(appOpts), keys[upgradetypes.StoreKey], cdc, cast.ToString(appOpts.Get(flags.FlagHome)), bApp, authority)
	app.AccountKeeper = authkeeper.NewAccountKeeper(cdc, keys[authtypes.StoreKey], authtypes.ProtoBaseAccount, permissions, Name, authority)
	app.BankKeeper = bankkeeper.NewBaseKeeper(cdc, keys[banktypes.StoreKey], app.AccountKeeper, nil, authority)
	app.StakingKeeper = stakingkeeper.NewKeeper(cdc, keys[stakingtypes.StoreKey], app.AccountKeeper, app.BankKeeper, authority)
	app.TideKeeper = tidekeeper.NewKeeper(cdc, keys[tidetypes.StoreKey])

	app.ModuleManager = module.NewManager(
		auth.NewAppModule(cdc, app.AccountKeeper, nil, nil),
		bank.NewAppModule(cdc, app.BankKeeper, app.AccountKeeper, nil),
		staking.NewAppModule(cdc, app.StakingKeeper, app.AccountKeeper, app.BankKeeper, nil),
		upgrade.NewAppModule(app.UpgradeKeeper),
		consensus.NewAppModule(cdc, app.ConsensusKeeper),
		tide.NewAppModule(cdc, app.TideKeeper, nil),
	)
	app.ModuleManager.SetOrderBeginBlockers(upgradetypes.ModuleName, stakingtypes.ModuleName, authtypes.ModuleName, banktypes.ModuleName, consensustypes.ModuleName, tidetypes.ModuleName)
	app.ModuleManager.SetOrderEndBlockers(stakingtypes.ModuleName, upgradetypes.ModuleName, authtypes.ModuleName, banktypes.ModuleName, consensustypes.ModuleName, tidetypes.ModuleName)
	app.ModuleManager.SetOrderInitGenesis(authtypes.ModuleName, banktypes.ModuleName, stakingtypes.ModuleName, upgradetypes.ModuleName, consensustypes.ModuleName, tidetypes.ModuleName)

	app.configurator = module.NewConfigurator(cdc, app.MsgServiceRouter(), app.GRPCQueryRouter())
	app.ModuleManager.RegisterServices(app.configurator)

	app.setupUpgradeHandlers()

	app.MountKVStores(keys)
	app.SetInitChainer(app.InitChainer)
	app.SetBeginBlocker(app.BeginBlocker)
	app.SetEndBlocker(app.EndBlocker)

	if loadLatest {
		if err := app.LoadLatestVersion(); err != nil {
			panic(err)
		}
	}
	return app
}

var permissions = map[string][]string{
	authtypes.FeeCollectorName:     nil,
	stakingtypes.BondedPoolName:    {authtypes.Burner, authtypes.Staking},
	stakingtypes.NotBondedPoolName: {authtypes.Burner, authtypes.Staking},
}

func skipHeights(appOpts servertypes.AppOptions) map[int64]bool {
	skip := map[int64]bool{}
	for _, height := range cast.ToIntSlice(appOpts.Get("unsafe-skip-upgrades")) {
		skip[int64(height)] = true
	}
	return skip
}

// InitChainer starts the chain from genesis.
func (app *App) InitChainer(ctx sdk.Context, req abci.RequestInitChain) abci.ResponseInitChain {
	var genesis map[string]json.RawMessage
	if err := json.Unmarshal(req.AppStateBytes, &genesis); err != nil {
		panic(err)
	}
	app.UpgradeKeeper.SetModuleVersionMap(ctx, app.ModuleManager.GetVersionMap())
	return app.ModuleManager.InitGenesis(ctx, app.appCodec, genesis)
}

// BeginBlocker begins a block.
func (app *App) BeginBlocker(ctx sdk.Context, req abci.RequestBeginBlock) abci.ResponseBeginBlock {
	return app.ModuleManager.BeginBlock(ctx, req)
}

// EndBlocker ends a block.
func (app *App) EndBlocker(ctx sdk.Context, req abci.RequestEndBlock) abci.ResponseEndBlock {
	return app.ModuleManager.EndBlock(ctx, req)
}

// Export returns the state as genesis.
func (app *App) Export(height int64, forZeroHeight bool, allowed, modules []string) (servertypes.ExportedApp, error) {
	return servertypes.ExportedApp{Height: height}, nil
}
