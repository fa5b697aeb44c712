package app

import (
	"context"
	"errors"

	"cosmossdk.io/core/store"
	"cosmossdk.io/log/v2"
	"github.com/cosmos/cosmos-sdk/client/flags"
	"github.com/cosmos/cosmos-sdk/runtime"
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
	authtypes.FeeCollectorName:          nil,
	stakingtypes.BondedPoolName:         {authtypes.Burner, authtypes.Staking},
	stakingtypes.NotBondedPoolName:      {authtypes.Burner, authtypes.Staking},
	govtypes.ModuleName:                 {authtypes.Burner},
	stakingtypes.KeyRotationFeePoolName: {authtypes.Burner},
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
		app.appCodec, service(govtypes.StoreKey), app.AccountKeeper, app.BankKeeper,
		noPool{}, app.MsgServiceRouter(), govtypes.DefaultConfig(), authority,
		govkeeper.NewDefaultCalculateVoteResultsAndVotingPower(app.StakingKeeper),
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
