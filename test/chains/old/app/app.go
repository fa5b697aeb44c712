package app

import (
	"encoding/json"
	"io"
	"os"

	abci "github.com/tendermint/tendermint/abci/types"
	"github.com/tendermint/tendermint/libs/log"
	tmos "github.com/tendermint/tendermint/libs/os"
	tmtypes "github.com/tendermint/tendermint/types"
	dbm "github.com/tendermint/tm-db"

	bam "github.com/cosmos/cosmos-sdk/baseapp"
	"github.com/cosmos/cosmos-sdk/codec"
	sdk "github.com/cosmos/cosmos-sdk/types"
	"github.com/cosmos/cosmos-sdk/types/module"
	"github.com/cosmos/cosmos-sdk/x/auth"
	"github.com/cosmos/cosmos-sdk/x/bank"
	"github.com/cosmos/cosmos-sdk/x/params"
	"github.com/cosmos/cosmos-sdk/x/staking"
	"github.com/cosmos/cosmos-sdk/x/supply"
	"github.com/cosmos/cosmos-sdk/x/upgrade"

	shell "github.com/fossil/fossil/x/shell"
	shellkeeper "github.com/fossil/fossil/x/shell/keeper"
	shelltypes "github.com/fossil/fossil/x/shell/types"
)

const appName = "fossil"

var (
	// DefaultNodeHome is where a node keeps its data.
	DefaultNodeHome = os.ExpandEnv("$HOME/.fossild")

	maccPerms = map[string][]string{
		auth.FeeCollectorName:     nil,
		staking.BondedPoolName:    {supply.Burner, supply.Staking},
		staking.NotBondedPoolName: {supply.Burner, supply.Staking},
	}
)

// MakeCodec returns the codec of the chain.
func MakeCodec() *codec.Codec {
	cdc := codec.New()
	sdk.RegisterCodec(cdc)
	codec.RegisterCrypto(cdc)
	return cdc
}

// FossilApp is the fossil chain.
type FossilApp struct {
	*bam.BaseApp
	cdc *codec.Codec

	keys  map[string]*sdk.KVStoreKey
	tkeys map[string]*sdk.TransientStoreKey

	ParamsKeeper  params.Keeper
	AccountKeeper auth.AccountKeeper
	BankKeeper    bank.Keeper
	SupplyKeeper  supply.Keeper
	StakingKeeper staking.Keeper
	UpgradeKeeper upgrade.Keeper
	ShellKeeper   shellkeeper.Keeper

	mm *module.Manager
}

// New builds the chain and loads its latest state when asked to.
func New(logger log.Logger, db dbm.DB, traceStore io.Writer, loadLatest bool, baseAppOptions ...func(*bam.BaseApp)) *FossilApp {
	cdc := MakeCodec()
	bApp := bam.NewBaseApp(appName, logger, db, auth.DefaultTxDecoder(cdc), baseAppOptions...)
	bApp.SetCommitMultiStoreTracer(traceStore)

	keys := sdk.NewKVStoreKeys(
		bam.MainStoreKey, auth.StoreKey, supply.StoreKey, staking.StoreKey,
		params.StoreKey, upgrade.StoreKey, shelltypes.StoreKey,
	)
	tkeys := sdk.NewTransientStoreKeys(params.TStoreKey)
	app := &FossilApp{BaseApp: bApp, cdc: cdc, keys: keys, tkeys: tkeys}

	app.ParamsKeeper = params.NewKeeper(cdc, keys[params.StoreKey], tkeys[params.TStoreKey])
	app.AccountKeeper = auth.NewAccountKeeper(cdc, keys[auth.StoreKey], app.ParamsKeeper.Subspace(auth.DefaultParamspace), auth.ProtoBaseAccount)
	app.BankKeeper = bank.NewBaseKeeper(app.AccountKeeper, app.ParamsKeeper.Subspace(bank.DefaultParamspace), nil)
	app.SupplyKeeper = supply.NewKeeper(cdc, keys[supply.StoreKey], app.AccountKeeper, app.BankKeeper, maccPerms)
	app.StakingKeeper = staking.NewKeeper(cdc, keys[staking.StoreKey], app.SupplyKeeper, app.ParamsKeeper.Subspace(staking.DefaultParamspace))
	app.UpgradeKeeper = upgrade.NewKeeper(map[int64]bool{}, keys[upgrade.StoreKey], cdc)
	app.ShellKeeper = shellkeeper.NewKeeper(cdc, keys[shelltypes.StoreKey])

	app.mm = module.NewManager(
		auth.NewAppModule(app.AccountKeeper),
		bank.NewAppModule(app.BankKeeper, app.AccountKeeper),
		supply.NewAppModule(app.SupplyKeeper, app.AccountKeeper),
		staking.NewAppModule(app.StakingKeeper, app.AccountKeeper, app.SupplyKeeper),
		upgrade.NewAppModule(app.UpgradeKeeper),
		shell.NewAppModule(cdc, app.ShellKeeper),
	)
	app.mm.SetOrderBeginBlockers(upgrade.ModuleName)
	app.mm.SetOrderEndBlockers(staking.ModuleName)
	app.mm.SetOrderInitGenesis(staking.ModuleName, auth.ModuleName, bank.ModuleName, supply.ModuleName, shelltypes.ModuleName)
	app.mm.RegisterRoutes(app.Router(), app.QueryRouter())

	app.MountKVStores(keys)
	app.MountTransientStores(tkeys)
	app.SetInitChainer(app.InitChainer)
	app.SetBeginBlocker(app.BeginBlocker)
	app.SetEndBlocker(app.EndBlocker)

	if loadLatest {
		if err := app.LoadLatestVersion(app.keys[bam.MainStoreKey]); err != nil {
			tmos.Exit(err.Error())
		}
	}
	return app
}

// BeginBlocker begins a block.
func (app *FossilApp) BeginBlocker(ctx sdk.Context, req abci.RequestBeginBlock) abci.ResponseBeginBlock {
	return app.mm.BeginBlock(ctx, req)
}

// EndBlocker ends a block.
func (app *FossilApp) EndBlocker(ctx sdk.Context, req abci.RequestEndBlock) abci.ResponseEndBlock {
	return app.mm.EndBlock(ctx, req)
}

// InitChainer starts the chain from genesis.
func (app *FossilApp) InitChainer(ctx sdk.Context, req abci.RequestInitChain) abci.ResponseInitChain {
	var genesis map[string]json.RawMessage
	app.cdc.MustUnmarshalJSON(req.AppStateBytes, &genesis)
	return app.mm.InitGenesis(ctx, genesis)
}

// ExportState returns the state as genesis.
func (app *FossilApp) ExportState(height int64, forZeroHeight bool, jailWhiteList []string) (json.RawMessage, []tmtypes.GenesisValidator, error) {
	ctx := app.NewContext(true, abci.Header{Height: app.LastBlockHeight()})
	state, err := codec.MarshalJSONIndent(app.cdc, app.mm.ExportGenesis(ctx))
	return state, nil, err
}
