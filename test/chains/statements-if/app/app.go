package app

import (
	"encoding/json"
	"io"
	"os"

	"github.com/spf13/cast"
	abci "github.com/tendermint/tendermint/abci/types"
	"github.com/tendermint/tendermint/libs/log"
	dbm "github.com/tendermint/tm-db"

	"github.com/cosmos/cosmos-sdk/baseapp"
	"github.com/cosmos/cosmos-sdk/client/flags"
	"github.com/cosmos/cosmos-sdk/codec"
	codectypes "github.com/cosmos/cosmos-sdk/codec/types"
	servertypes "github.com/cosmos/cosmos-sdk/server/types"
	sdk "github.com/cosmos/cosmos-sdk/types"
	"github.com/cosmos/cosmos-sdk/types/module"
	"github.com/cosmos/cosmos-sdk/x/auth"
	authkeeper "github.com/cosmos/cosmos-sdk/x/auth/keeper"
	authtypes "github.com/cosmos/cosmos-sdk/x/auth/types"
	authzkeeper "github.com/cosmos/cosmos-sdk/x/authz/keeper"
	"github.com/cosmos/cosmos-sdk/x/bank"
	bankkeeper "github.com/cosmos/cosmos-sdk/x/bank/keeper"
	banktypes "github.com/cosmos/cosmos-sdk/x/bank/types"
	"github.com/cosmos/cosmos-sdk/x/feegrant"
	"github.com/cosmos/cosmos-sdk/x/params"
	paramskeeper "github.com/cosmos/cosmos-sdk/x/params/keeper"
	paramstypes "github.com/cosmos/cosmos-sdk/x/params/types"
	"github.com/cosmos/cosmos-sdk/x/staking"
	stakingkeeper "github.com/cosmos/cosmos-sdk/x/staking/keeper"
	stakingtypes "github.com/cosmos/cosmos-sdk/x/staking/types"
	"github.com/cosmos/cosmos-sdk/x/upgrade"
	upgradekeeper "github.com/cosmos/cosmos-sdk/x/upgrade/keeper"
	upgradetypes "github.com/cosmos/cosmos-sdk/x/upgrade/types"

	"github.com/foundry-chain/foundry/x/smelter"
	smelterkeeper "github.com/foundry-chain/foundry/x/smelter/keeper"
	smeltertypes "github.com/foundry-chain/foundry/x/smelter/types"
)

// Name is the chain's name and the prefix of its addresses.
const Name = "foundry"

// DefaultNodeHome is where a node keeps its data.
var DefaultNodeHome = os.ExpandEnv("$HOME/.foundry")

// App is the foundry chain.
type App struct {
	*baseapp.BaseApp

	appCodec codec.Codec
	keys     map[string]*sdk.KVStoreKey

	AccountKeeper authkeeper.AccountKeeper
	BankKeeper    bankkeeper.BaseKeeper
	StakingKeeper stakingkeeper.Keeper
	UpgradeKeeper upgradekeeper.Keeper
	ParamsKeeper  paramskeeper.Keeper
	SmelterKeeper smelterkeeper.Keeper

	mm           *module.Manager
	configurator module.Configurator
}

// New builds the chain and loads its latest state when asked to.
func New(logger log.Logger, db dbm.DB, traceStore io.Writer, loadLatest bool, appOpts servertypes.AppOptions, baseAppOptions ...func(*baseapp.BaseApp)) *App {
	cdc := codec.NewProtoCodec(codectypes.NewInterfaceRegistry())
	bApp := baseapp.NewBaseApp(Name, logger, db, nil, baseAppOptions...)
	bApp.SetCommitMultiStoreTracer(traceStore)

	keys := sdk.NewKVStoreKeys(
		authtypes.StoreKey, banktypes.StoreKey, stakingtypes.StoreKey,
		upgradetypes.StoreKey, paramstypes.StoreKey, smeltertypes.StoreKey, authzkeeper.StoreKey, feegrant.StoreKey,
	)
	tkeys := sdk.NewTransientStoreKeys(paramstypes.TStoreKey)
	app := &App{BaseApp: bApp, appCodec: cdc, keys: keys}

	app.ParamsKeeper = paramskeeper.NewKeeper(cdc, codec.NewLegacyAmino(), keys[paramstypes.StoreKey], tkeys[paramstypes.TStoreKey])
	bApp.SetParamStore(app.subspace(baseapp.Paramspace).WithKeyTable(paramskeeper.ConsensusParamsKeyTable()))
	app.UpgradeKeeper = upgradekeeper.NewKeeper(skipHeights(appOpts), keys[upgradetypes.StoreKey], cdc, cast.ToString(appOpts.Get(flags.FlagHome)), bApp)
	app.AccountKeeper = authkeeper.NewAccountKeeper(cdc, keys[authtypes.StoreKey], app.subspace(authtypes.ModuleName), authtypes.ProtoBaseAccount, permissions)
	app.BankKeeper = bankkeeper.NewBaseKeeper(cdc, keys[banktypes.StoreKey], app.AccountKeeper, app.subspace(banktypes.ModuleName), nil)
	app.StakingKeeper = stakingkeeper.NewKeeper(cdc, keys[stakingtypes.StoreKey], app.AccountKeeper, app.BankKeeper, app.subspace(stakingtypes.ModuleName))
	app.SmelterKeeper = smelterkeeper.NewKeeper(cdc, keys[smeltertypes.StoreKey], app.subspace(smeltertypes.ModuleName))

	app.mm = module.NewManager(
		auth.NewAppModule(cdc, app.AccountKeeper, nil),
		bank.NewAppModule(cdc, app.BankKeeper, app.AccountKeeper),
		staking.NewAppModule(cdc, app.StakingKeeper, app.AccountKeeper, app.BankKeeper),
		upgrade.NewAppModule(app.UpgradeKeeper),
		params.NewAppModule(app.ParamsKeeper),
		smelter.NewAppModule(cdc, app.SmelterKeeper),
	)
	app.mm.SetOrderBeginBlockers(upgradetypes.ModuleName, stakingtypes.ModuleName, authtypes.ModuleName, banktypes.ModuleName, paramstypes.ModuleName, smeltertypes.ModuleName)
	app.mm.SetOrderEndBlockers(stakingtypes.ModuleName, upgradetypes.ModuleName, authtypes.ModuleName, banktypes.ModuleName, paramstypes.ModuleName, smeltertypes.ModuleName)
	app.mm.SetOrderInitGenesis(authtypes.ModuleName, banktypes.ModuleName, stakingtypes.ModuleName, upgradetypes.ModuleName, paramstypes.ModuleName, smeltertypes.ModuleName)

	app.configurator = module.NewConfigurator(cdc, app.MsgServiceRouter(), app.GRPCQueryRouter())
	app.mm.RegisterServices(app.configurator)

	app.registerUpgradeHandlers()

	app.MountKVStores(keys)
	app.MountTransientStores(tkeys)
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

func (app *App) subspace(module string) paramstypes.Subspace {
	return app.ParamsKeeper.Subspace(module)
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
	app.UpgradeKeeper.SetModuleVersionMap(ctx, app.mm.GetVersionMap())
	return app.mm.InitGenesis(ctx, app.appCodec, genesis)
}

// BeginBlocker begins a block.
func (app *App) BeginBlocker(ctx sdk.Context, req abci.RequestBeginBlock) abci.ResponseBeginBlock {
	return app.mm.BeginBlock(ctx, req)
}

// EndBlocker ends a block.
func (app *App) EndBlocker(ctx sdk.Context, req abci.RequestEndBlock) abci.ResponseEndBlock {
	return app.mm.EndBlock(ctx, req)
}

// Export returns the state as genesis.
func (app *App) Export(height int64, forZeroHeight bool, allowed []string) (servertypes.ExportedApp, error) {
	return servertypes.ExportedApp{Height: height}, nil
}
