// Package app is a small chain, wired by hand.
package app

import (
	"io"
	"os"
	"path/filepath"

	"cosmossdk.io/core/address"
	"cosmossdk.io/log"
	storetypes "cosmossdk.io/store/types"
	"cosmossdk.io/x/tx/signing"
	upgradekeeper "cosmossdk.io/x/upgrade/keeper"
	upgradetypes "cosmossdk.io/x/upgrade/types"
	dbm "github.com/cosmos/cosmos-db"
	"github.com/cosmos/cosmos-sdk/baseapp"
	"github.com/cosmos/cosmos-sdk/client"
	"github.com/cosmos/cosmos-sdk/codec"
	addresscodec "github.com/cosmos/cosmos-sdk/codec/address"
	codectypes "github.com/cosmos/cosmos-sdk/codec/types"
	servertypes "github.com/cosmos/cosmos-sdk/server/types"
	"github.com/cosmos/cosmos-sdk/std"
	sdk "github.com/cosmos/cosmos-sdk/types"
	"github.com/cosmos/cosmos-sdk/types/module"
	"github.com/cosmos/cosmos-sdk/version"
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
	"github.com/cosmos/gogoproto/proto"

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
	bApp.SetVersion(version.Version)
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
