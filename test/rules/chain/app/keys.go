package app

import (
	storetypes "cosmossdk.io/store/types"
	upgradetypes "cosmossdk.io/x/upgrade/types"
	banktypes "github.com/cosmos/cosmos-sdk/x/bank/types"

	countertypes "example.org/tally/x/counter/types"
)

func storeKeys() map[string]*storetypes.KVStoreKey {
	return storetypes.NewKVStoreKeys(banktypes.StoreKey, upgradetypes.StoreKey, countertypes.StoreKey)
}
