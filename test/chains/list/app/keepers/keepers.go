// Package keepers builds the keepers of the chain.
package keepers

import (
	storetypes "cosmossdk.io/store/types"
	upgradekeeper "cosmossdk.io/x/upgrade/keeper"
	upgradetypes "cosmossdk.io/x/upgrade/types"

	"github.com/cosmos/cosmos-sdk/baseapp"
	"github.com/cosmos/cosmos-sdk/codec"
	"github.com/cosmos/cosmos-sdk/codec/address"
	"github.com/cosmos/cosmos-sdk/runtime"
	authkeeper "github.com/cosmos/cosmos-sdk/x/auth/keeper"
	authtypes "github.com/cosmos/cosmos-sdk/x/auth/types"
	bankkeeper "github.com/cosmos/cosmos-sdk/x/bank/keeper"
	banktypes "github.com/cosmos/cosmos-sdk/x/bank/types"
	consensuskeeper "github.com/cosmos/cosmos-sdk/x/consensus/keeper"
	consensustypes "github.com/cosmos/cosmos-sdk/x/consensus/types"
	govtypes "github.com/cosmos/cosmos-sdk/x/gov/types"
	stakingkeeper "github.com/cosmos/cosmos-sdk/x/staking/keeper"
	stakingtypes "github.com/cosmos/cosmos-sdk/x/staking/types"

	berthkeeper "github.com/harbor-chain/harbor/x/berth/keeper"
	berthtypes "github.com/harbor-chain/harbor/x/berth/types"
)

// AppKeepers holds the keepers of the chain and the keys of their stores.
type AppKeepers struct {
	keys    map[string]*storetypes.KVStoreKey
	memKeys map[string]*storetypes.MemoryStoreKey

	AccountKeeper   authkeeper.AccountKeeper
	BankKeeper      bankkeeper.BaseKeeper
	StakingKeeper   *stakingkeeper.Keeper
	UpgradeKeeper   *upgradekeeper.Keeper
	ConsensusKeeper consensuskeeper.Keeper
	BerthKeeper     berthkeeper.Keeper
}

// New builds all keepers over the chain's stores.
func New(cdc codec.Codec, bApp *baseapp.BaseApp, prefix, home string, skip map[int64]bool, permissions map[string][]string) AppKeepers {
	k := AppKeepers{}
	k.GenerateKeys()
	authority := authtypes.NewModuleAddress(govtypes.ModuleName).String()

	k.ConsensusKeeper = consensuskeeper.NewKeeper(cdc, runtime.NewKVStoreService(k.keys[consensustypes.StoreKey]), authority, runtime.EventService{})
	bApp.SetParamStore(k.ConsensusKeeper.ParamsStore)
	k.UpgradeKeeper = upgradekeeper.NewKeeper(skip, runtime.NewKVStoreService(k.keys[upgradetypes.StoreKey]), cdc, home, bApp, authority)
	k.AccountKeeper = authkeeper.NewAccountKeeper(cdc, runtime.NewKVStoreService(k.keys[authtypes.StoreKey]), authtypes.ProtoBaseAccount, permissions, address.NewBech32Codec(prefix), prefix, authority)
	k.BankKeeper = bankkeeper.NewBaseKeeper(cdc, runtime.NewKVStoreService(k.keys[banktypes.StoreKey]), k.AccountKeeper, nil, authority, bApp.Logger())
	k.StakingKeeper = stakingkeeper.NewKeeper(cdc, runtime.NewKVStoreService(k.keys[stakingtypes.StoreKey]), k.AccountKeeper, k.BankKeeper, authority, address.NewBech32Codec(prefix+"valoper"), address.NewBech32Codec(prefix+"valcons"))
	k.BerthKeeper = berthkeeper.NewKeeper(cdc, runtime.NewKVStoreService(k.keys[berthtypes.StoreKey]), authority)
	return k
}
