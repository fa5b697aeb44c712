package keepers

import (
	storetypes "cosmossdk.io/store/types"
	upgradetypes "cosmossdk.io/x/upgrade/types"

	authtypes "github.com/cosmos/cosmos-sdk/x/auth/types"
	banktypes "github.com/cosmos/cosmos-sdk/x/bank/types"
	consensustypes "github.com/cosmos/cosmos-sdk/x/consensus/types"
	stakingtypes "github.com/cosmos/cosmos-sdk/x/staking/types"

	berthtypes "github.com/harbor-chain/harbor/x/berth/types"
)

// GenerateKeys makes the keys of all stores the chain mounts.
func (k *AppKeepers) GenerateKeys() {
	k.keys = storetypes.NewKVStoreKeys(
		authtypes.StoreKey,
		banktypes.StoreKey,
		stakingtypes.StoreKey,
		upgradetypes.StoreKey,
		consensustypes.StoreKey,
		berthtypes.StoreKey,
	)
	k.memKeys = storetypes.NewMemoryStoreKeys(berthtypes.MemStoreKey)
}

// Keys returns the keys of the chain's stores.
func (k *AppKeepers) Keys() map[string]*storetypes.KVStoreKey {
	return k.keys
}

// MemKeys returns the keys of the chain's memory stores.
func (k *AppKeepers) MemKeys() map[string]*storetypes.MemoryStoreKey {
	return k.memKeys
}
