package keeper

import (
	"context"

	corestore "cosmossdk.io/core/store"

	"github.com/cosmos/cosmos-sdk/codec"
)

// Keeper holds the module's store.
type Keeper struct {
	cdc          codec.BinaryCodec
	storeService corestore.KVStoreService
	authority    string
}

// NewKeeper returns a keeper over the store.
func NewKeeper(cdc codec.BinaryCodec, storeService corestore.KVStoreService, authority string) Keeper {
	return Keeper{cdc: cdc, storeService: storeService, authority: authority}
}

// Has tells whether the store holds the key.
func (k Keeper) Has(ctx context.Context, key []byte) (bool, error) {
	return k.storeService.OpenKVStore(ctx).Has(key)
}
