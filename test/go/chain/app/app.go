// Package app is a small chain on Cosmos SDK 0.50, wired by hand.
package app

import (
	"context"
	"encoding/json"
	"errors"
	"io"
	"os"
	"path/filepath"

	"cosmossdk.io/core/address"
	"cosmossdk.io/core/store"
	"cosmossdk.io/log"
	storetypes "cosmossdk.io/store/types"
	"cosmossdk.io/x/tx/signing"
	"cosmossdk.io/x/upgrade"
	upgradekeeper "cosmossdk.io/x/upgrade/keeper"
	upgradetypes "cosmossdk.io/x/upgrade/types"
	abci "github.com/cometbft/cometbft/abci/types"
	dbm "github.com/cosmos/cosmos-db"
	"github.com/cosmos/cosmos-sdk/baseapp"
	"github.com/cosmos/cosmos-sdk/client"
	"github.com/cosmos/cosmos-sdk/client/flags"
	"github.com/cosmos/cosmos-sdk/codec"
	addresscodec "github.com/cosmos/cosmos-sdk/codec/address"
	codectypes "github.com/cosmos/cosmos-sdk/codec/types"
	"github.com/cosmos/cosmos-sdk/runtime"
	"github.com/cosmos/cosmos-sdk/server"
	servertypes "github.com/cosmos/cosmos-sdk/server/types"
	"github.com/cosmos/cosmos-sdk/std"
	sdk "github.com/cosmos/cosmos-sdk/types"
	"github.com/cosmos/cosmos-sdk/types/module"
	"github.com/cosmos/cosmos-sdk/x/auth"
	"github.com/cosmos/cosmos-sdk/x/auth/ante"
	authkeeper "github.com/cosmos/cosmos-sdk/x/auth/keeper"
	authtx "github.com/cosmos/cosmos-sdk/x/auth/tx"
	authtypes "github.com/cosmos/cosmos-sdk/x/auth/types"
	"github.com/cosmos/cosmos-sdk/x/bank"
	bankkeeper "github.com/cosmos/cosmos-sdk/x/bank/keeper"
	banktypes "github.com/cosmos/cosmos-sdk/x/bank/types"
	"github.com/cosmos/cosmos-sdk/x/consensus"
	consensuskeeper "github.com/cosmos/cosmos-sdk/x/consensus/keeper"
	consensustypes "github.com/cosmos/cosmos-sdk/x/consensus/types"
	"github.com/cosmos/cosmos-sdk/x/genutil"
	genutiltypes "github.com/cosmos/cosmos-sdk/x/genutil/types"
	"github.com/cosmos/cosmos-sdk/x/gov"
	govkeeper "github.com/cosmos/cosmos-sdk/x/gov/keeper"
	govtypes "github.com/cosmos/cosmos-sdk/x/gov/types"
	"github.com/cosmos/cosmos-sdk/x/staking"
	stakingkeeper "github.com/cosmos/cosmos-sdk/x/staking/keeper"
	stakingtypes "github.com/cosmos/cosmos-sdk/x/staking/types"
	"github.com/cosmos/gogoproto/proto"
	"github.com/spf13/cast"

	"example.com/tiny/x/box"
	boxtypes "example.com/tiny/x/box/types"
	"example.com/tiny/x/counter"
	counterkeeper "example.com/tiny/x/counter/keeper"
	countertypes "example.com/tiny/x/counter/types"
	"example.com/tiny/x/ledger"
	ledgertypes "example.com/tiny/x/ledger/types"
)

const Name = "tinyd"

// DefaultNodeHome is the folder of a node that names no other.
var DefaultNodeHome = filepath.Join(os.TempDir(), ".tinyd")

var maccPerms = map[string][]string{
	authtypes.FeeCollectorName:     nil,
	stakingtypes.BondedPoolName:    {authtypes.Burner, authtypes.Staking},
	stakingtypes.NotBondedPoolName: {authtypes.Burner, authtypes.Staking},
	govtypes.ModuleName:            {authtypes.Burner},
}

type App struct {
	*baseapp.BaseApp

	appCodec          codec.Codec
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

	app.keys = storetypes.NewKVStoreKeys(
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
	app.setupKeepers(logger, appOpts)
	app.setupModules()

	app.MountKVStores(app.keys)
	app.SetInitChainer(app.InitChainer)
	app.SetPreBlocker(app.PreBlocker)
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
	accounts, validators, _ := addressCodecs()
	interfaceRegistry, err := codectypes.NewInterfaceRegistryWithOptions(codectypes.InterfaceRegistryOptions{
		ProtoFiles:     proto.HybridResolver,
		SigningOptions: signing.Options{AddressCodec: accounts, ValidatorAddressCodec: validators},
	})
	if err != nil {
		panic(err)
	}
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

func addressCodecs() (accounts, validators, consensus address.Codec) {
	config := sdk.GetConfig()
	return addresscodec.NewBech32Codec(config.GetBech32AccountAddrPrefix()),
		addresscodec.NewBech32Codec(config.GetBech32ValidatorAddrPrefix()),
		addresscodec.NewBech32Codec(config.GetBech32ConsensusAddrPrefix())
}

// noPool stands in for the distribution module, which this chain does without.
type noPool struct{}

func (noPool) FundCommunityPool(context.Context, sdk.Coins, sdk.AccAddress) error {
	return errors.New("this chain has no community pool")
}

func (app *App) setupKeepers(logger log.Logger, appOpts servertypes.AppOptions) {
	accounts, validators, consensusNodes := addressCodecs()
	authority := authtypes.NewModuleAddress(govtypes.ModuleName).String()
	service := func(key string) store.KVStoreService { return runtime.NewKVStoreService(app.keys[key]) }

	app.ConsensusKeeper = consensuskeeper.NewKeeper(
		app.appCodec, service(consensustypes.StoreKey), authority, runtime.EventService{},
	)
	app.SetParamStore(app.ConsensusKeeper.ParamsStore)
	app.AccountKeeper = authkeeper.NewAccountKeeper(
		app.appCodec, service(authtypes.StoreKey), authtypes.ProtoBaseAccount, maccPerms,
		accounts, sdk.GetConfig().GetBech32AccountAddrPrefix(), authority,
	)
	app.BankKeeper = bankkeeper.NewBaseKeeper(
		app.appCodec, service(banktypes.StoreKey), app.AccountKeeper, nil, authority, logger,
	)
	app.StakingKeeper = stakingkeeper.NewKeeper(
		app.appCodec, service(stakingtypes.StoreKey), app.AccountKeeper, app.BankKeeper,
		authority, validators, consensusNodes,
	)
	app.GovKeeper = govkeeper.NewKeeper(
		app.appCodec, service(govtypes.StoreKey), app.AccountKeeper, app.BankKeeper, app.StakingKeeper,
		noPool{}, app.MsgServiceRouter(), govtypes.DefaultConfig(), authority,
	)
	skipHeights := map[int64]bool{}
	for _, height := range cast.ToIntSlice(appOpts.Get(server.FlagUnsafeSkipUpgrades)) {
		skipHeights[int64(height)] = true
	}
	app.UpgradeKeeper = upgradekeeper.NewKeeper(
		skipHeights, service(upgradetypes.StoreKey), app.appCodec,
		cast.ToString(appOpts.Get(flags.FlagHome)), app.BaseApp, authority,
	)
	app.CounterKeeper = counterkeeper.NewKeeper(service(countertypes.StoreKey))
}

func (app *App) setupModules() {
	app.ModuleManager = module.NewManager(
		genutil.NewAppModule(app.AccountKeeper, app.StakingKeeper, app, app.txConfig),
		auth.NewAppModule(app.appCodec, app.AccountKeeper, nil, nil),
		bank.NewAppModule(app.appCodec, app.BankKeeper, app.AccountKeeper, nil),
		staking.NewAppModule(app.appCodec, app.StakingKeeper, app.AccountKeeper, app.BankKeeper, nil),
		gov.NewAppModule(app.appCodec, app.GovKeeper, app.AccountKeeper, app.BankKeeper, nil),
		upgrade.NewAppModule(app.UpgradeKeeper, app.AccountKeeper.AddressCodec()),
		consensus.NewAppModule(app.appCodec, app.ConsensusKeeper),
		counter.NewAppModule(app.CounterKeeper),
		box.NewAppModule(runtime.NewKVStoreService(app.keys[boxtypes.StoreKey])),
		ledger.NewAppModule(runtime.NewKVStoreService(app.keys[ledgertypes.StoreKey])),
	)
	genesis := []string{
		authtypes.ModuleName, banktypes.ModuleName, stakingtypes.ModuleName, govtypes.ModuleName,
		genutiltypes.ModuleName, upgradetypes.ModuleName, consensustypes.ModuleName,
		countertypes.ModuleName, boxtypes.ModuleName, ledgertypes.ModuleName,
	}
	app.ModuleManager.SetOrderPreBlockers(upgradetypes.ModuleName)
	app.ModuleManager.SetOrderBeginBlockers(stakingtypes.ModuleName)
	app.ModuleManager.SetOrderEndBlockers(govtypes.ModuleName, stakingtypes.ModuleName, countertypes.ModuleName)
	app.ModuleManager.SetOrderInitGenesis(genesis...)
	app.ModuleManager.SetOrderExportGenesis(genesis...)

	app.BasicManager = module.NewBasicManagerFromManager(app.ModuleManager, map[string]module.AppModuleBasic{
		genutiltypes.ModuleName: genutil.NewAppModuleBasic(genutiltypes.DefaultMessageValidator),
		govtypes.ModuleName:     gov.NewAppModuleBasic(nil),
	})
	app.BasicManager.RegisterLegacyAminoCodec(app.legacyAmino)
	app.BasicManager.RegisterInterfaces(app.interfaceRegistry)
	app.configurator = module.NewConfigurator(app.appCodec, app.MsgServiceRouter(), app.GRPCQueryRouter())
	if err := app.ModuleManager.RegisterServices(app.configurator); err != nil {
		panic(err)
	}
}

func (app *App) setupAnteHandler() {
	anteHandler, err := ante.NewAnteHandler(ante.HandlerOptions{
		AccountKeeper:   app.AccountKeeper,
		BankKeeper:      app.BankKeeper,
		SignModeHandler: app.txConfig.SignModeHandler(),
		SigGasConsumer:  ante.DefaultSigVerificationGasConsumer,
	})
	if err != nil {
		panic(err)
	}
	app.SetAnteHandler(anteHandler)
}

// InitChainer starts the chain from its genesis.
func (app *App) InitChainer(ctx sdk.Context, req *abci.RequestInitChain) (*abci.ResponseInitChain, error) {
	var genesis map[string]json.RawMessage
	if err := json.Unmarshal(req.AppStateBytes, &genesis); err != nil {
		return nil, err
	}
	if err := app.UpgradeKeeper.SetModuleVersionMap(ctx, app.ModuleManager.GetVersionMap()); err != nil {
		return nil, err
	}
	return app.ModuleManager.InitGenesis(ctx, app.appCodec, genesis)
}

// PreBlocker runs an upgrade that is due.
func (app *App) PreBlocker(ctx sdk.Context, _ *abci.RequestFinalizeBlock) (*sdk.ResponsePreBlock, error) {
	return app.ModuleManager.PreBlock(ctx)
}
