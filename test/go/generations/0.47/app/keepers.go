package app

import (
	"github.com/cosmos/cosmos-sdk/client/flags"
	"github.com/cosmos/cosmos-sdk/server"
	servertypes "github.com/cosmos/cosmos-sdk/server/types"
	sdk "github.com/cosmos/cosmos-sdk/types"
	authkeeper "github.com/cosmos/cosmos-sdk/x/auth/keeper"
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
	"github.com/spf13/cast"

	counterkeeper "example.com/tiny/x/counter/keeper"
	countertypes "example.com/tiny/x/counter/types"
)

var maccPerms = map[string][]string{
	authtypes.FeeCollectorName:     nil,
	stakingtypes.BondedPoolName:    {authtypes.Burner, authtypes.Staking},
	stakingtypes.NotBondedPoolName: {authtypes.Burner, authtypes.Staking},
	govtypes.ModuleName:            {authtypes.Burner},
}

func (app *App) setupKeepers(appOpts servertypes.AppOptions) {
	authority := authtypes.NewModuleAddress(govtypes.ModuleName).String()

	app.ConsensusKeeper = consensuskeeper.NewKeeper(
		app.appCodec, app.keys[consensustypes.StoreKey], authority,
	)
	app.SetParamStore(&app.ConsensusKeeper)
	app.AccountKeeper = authkeeper.NewAccountKeeper(
		app.appCodec, app.keys[authtypes.StoreKey], authtypes.ProtoBaseAccount, maccPerms,
		sdk.GetConfig().GetBech32AccountAddrPrefix(), authority,
	)
	app.BankKeeper = bankkeeper.NewBaseKeeper(
		app.appCodec, app.keys[banktypes.StoreKey], app.AccountKeeper, nil, authority,
	)
	app.StakingKeeper = stakingkeeper.NewKeeper(
		app.appCodec, app.keys[stakingtypes.StoreKey], app.AccountKeeper, app.BankKeeper,
		authority,
	)
	app.GovKeeper = govkeeper.NewKeeper(
		app.appCodec, app.keys[govtypes.StoreKey], app.AccountKeeper, app.BankKeeper, app.StakingKeeper,
		app.MsgServiceRouter(), govtypes.DefaultConfig(), authority,
	)
	skipHeights := map[int64]bool{}
	for _, height := range cast.ToIntSlice(appOpts.Get(server.FlagUnsafeSkipUpgrades)) {
		skipHeights[int64(height)] = true
	}
	app.UpgradeKeeper = upgradekeeper.NewKeeper(
		skipHeights, app.keys[upgradetypes.StoreKey], app.appCodec,
		cast.ToString(appOpts.Get(flags.FlagHome)), app.BaseApp, authority,
	)
	app.CounterKeeper = counterkeeper.NewKeeper(app.keys[countertypes.StoreKey])
}
