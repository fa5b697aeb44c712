package app

import (
	"encoding/json"
	"fmt"
	"io"
	"os"

	abci "github.com/cometbft/cometbft/abci/types"
	dbm "github.com/cosmos/cosmos-db"
	"github.com/spf13/cast"

	"cosmossdk.io/log"
	"cosmossdk.io/x/upgrade"
	upgradetypes "cosmossdk.io/x/upgrade/types"

	"github.com/cosmos/cosmos-sdk/baseapp"
	"github.com/cosmos/cosmos-sdk/client/flags"
	"github.com/cosmos/cosmos-sdk/codec"
	codectypes "github.com/cosmos/cosmos-sdk/codec/types"
	servertypes "github.com/cosmos/cosmos-sdk/server/types"
	sdk "github.com/cosmos/cosmos-sdk/types"
	"github.com/cosmos/cosmos-sdk/types/module"
	"github.com/cosmos/cosmos-sdk/x/auth"
	authtypes "github.com/cosmos/cosmos-sdk/x/auth/types"
	"github.com/cosmos/cosmos-sdk/x/bank"
	banktypes "github.com/cosmos/cosmos-sdk/x/bank/types"
	"github.com/cosmos/cosmos-sdk/x/consensus"
	consensustypes "github.com/cosmos/cosmos-sdk/x/consensus/types"
	"github.com/cosmos/cosmos-sdk/x/staking"
	stakingtypes "github.com/cosmos/cosmos-sdk/x/staking/types"

	"github.com/harbor-chain/harbor/app/keepers"
	"github.com/harbor-chain/harbor/app/upgrades"
	v2 "github.com/harbor-chain/harbor/app/upgrades/v2"
	v3 "github.com/harbor-chain/harbor/app/upgrades/v3"
	"github.com/harbor-chain/harbor/x/berth"
	berthtypes "github.com/harbor-chain/harbor/x/berth/types"
)

// Name is the chain's name and the prefix of its addresses.
const Name = "harbor"

var (
	// DefaultNodeHome is where a node keeps its data.
	DefaultNodeHome = os.ExpandEnv("$HOME/.harbor")

	// Upgrades are the upgrades this binary can run, oldest first.
	Upgrades = []upgrades.Upgrade{
		v2.Upgrade,
		v3.Upgrade,
	}
)

// HarborApp is the harbor chain.
type HarborApp struct {
	*baseapp.BaseApp
	keepers.AppKeepers

	appCodec     codec.Codec
	mm           *module.Manager
	configurator module.Configurator
}

// New builds the chain and loads its latest state when asked to.
func New(logger log.Logger, db dbm.DB, traceStore io.Writer, loadLatest bool, appOpts servertypes.AppOptions, baseAppOptions ...func(*baseapp.BaseApp)) *HarborApp {
	cdc := codec.NewProtoCodec(codectypes.NewInterfaceRegistry())
	bApp := baseapp.NewBaseApp(Name, logger, db, nil, baseAppOptions...)
	bApp.SetCommitMultiStoreTracer(traceStore)

	skip := map[int64]bool{}
	for _, height := range cast.ToIntSlice(appOpts.Get("unsafe-skip-upgrades")) {
		skip[int64(height)] = true
	}
	app := &HarborApp{BaseApp: bApp, appCodec: cdc}
	app.AppKeepers = keepers.New(cdc, bApp, Name, cast.ToString(appOpts.Get(flags.FlagHome)), skip, permissions)

	app.mm = module.NewManager(
		auth.NewAppModule(cdc, app.AccountKeeper, nil, nil),
		bank.NewAppModule(cdc, app.BankKeeper, app.AccountKeeper, nil),
		staking.NewAppModule(cdc, app.StakingKeeper, app.AccountKeeper, app.BankKeeper, nil),
		upgrade.NewAppModule(app.UpgradeKeeper, app.AccountKeeper.AddressCodec()),
		consensus.NewAppModule(cdc, app.ConsensusKeeper),
		berth.NewAppModule(cdc, app.BerthKeeper),
	)
	app.mm.SetOrderPreBlockers(upgradetypes.ModuleName)
	app.mm.SetOrderBeginBlockers(stakingtypes.ModuleName)
	app.mm.SetOrderEndBlockers(stakingtypes.ModuleName)
	app.mm.SetOrderInitGenesis(authtypes.ModuleName, banktypes.ModuleName, stakingtypes.ModuleName, upgradetypes.ModuleName, consensustypes.ModuleName, berthtypes.ModuleName)

	app.configurator = module.NewConfigurator(cdc, app.MsgServiceRouter(), app.GRPCQueryRouter())
	if err := app.mm.RegisterServices(app.configurator); err != nil {
		panic(err)
	}

	app.setupUpgradeHandlers()
	app.setupUpgradeStoreLoaders()

	app.MountKVStores(app.Keys())
	app.MountMemoryStores(app.MemKeys())
	app.SetInitChainer(app.InitChainer)
	app.SetPreBlocker(app.PreBlocker)
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

// setupUpgradeHandlers registers the handlers of all upgrades.
func (app *HarborApp) setupUpgradeHandlers() {
	for _, upgrade := range Upgrades {
		app.UpgradeKeeper.SetUpgradeHandler(
			upgrade.UpgradeName,
			upgrade.CreateUpgradeHandler(app.mm, app.configurator, &app.AppKeepers),
		)
	}
}

// setupUpgradeStoreLoaders changes the stores when the node starts at the height of an upgrade.
func (app *HarborApp) setupUpgradeStoreLoaders() {
	upgradeInfo, err := app.UpgradeKeeper.ReadUpgradeInfoFromDisk()
	if err != nil {
		panic(fmt.Sprintf("failed to read upgrade info from disk %s", err))
	}

	if app.UpgradeKeeper.IsSkipHeight(upgradeInfo.Height) {
		return
	}

	for _, upgrade := range Upgrades {
		if upgradeInfo.Name == upgrade.UpgradeName {
			app.SetStoreLoader(upgradetypes.UpgradeStoreLoader(upgradeInfo.Height, &upgrade.StoreUpgrades))
		}
	}
}

// InitChainer starts the chain from genesis.
func (app *HarborApp) InitChainer(ctx sdk.Context, req *abci.RequestInitChain) (*abci.ResponseInitChain, error) {
	if err := app.UpgradeKeeper.SetModuleVersionMap(ctx, app.mm.GetVersionMap()); err != nil {
		return nil, err
	}
	var genesis map[string]json.RawMessage
	if err := json.Unmarshal(req.AppStateBytes, &genesis); err != nil {
		return nil, err
	}
	return app.mm.InitGenesis(ctx, app.appCodec, genesis)
}

// PreBlocker runs upgrades before anything else in a block.
func (app *HarborApp) PreBlocker(ctx sdk.Context, _ *abci.RequestFinalizeBlock) (*sdk.ResponsePreBlock, error) {
	return app.mm.PreBlock(ctx)
}

// BeginBlocker begins a block.
func (app *HarborApp) BeginBlocker(ctx sdk.Context) (sdk.BeginBlock, error) {
	return app.mm.BeginBlock(ctx)
}

// EndBlocker ends a block.
func (app *HarborApp) EndBlocker(ctx sdk.Context) (sdk.EndBlock, error) {
	return app.mm.EndBlock(ctx)
}

// Export returns the state as genesis.
func (app *HarborApp) Export(height int64, forZeroHeight bool, allowed, modules []string) (servertypes.ExportedApp, error) {
	return servertypes.ExportedApp{Height: height}, nil
}
