package keeper

import (
	"context"

	"cosmossdk.io/collections"
	corestore "cosmossdk.io/core/store"

	"github.com/cosmos/cosmos-sdk/codec"

	"github.com/zenith/zenith/v2/x/summit/types"
)

// Keeper holds the module's store.
type Keeper struct {
	cdc          codec.BinaryCodec
	storeService corestore.KVStoreService
	authority    string

	Params collections.Item[types.Params]
	Oxygen collections.Map[string, uint64]
}

// NewKeeper returns a keeper over the store.
func NewKeeper(cdc codec.BinaryCodec, storeService corestore.KVStoreService, authority string) Keeper {
	sb := collections.NewSchemaBuilder(storeService)
	return Keeper{
		cdc: cdc, storeService: storeService, authority: authority,
		Params: collections.NewItem(sb, types.ParamsKey, "params", codec.CollValue[types.Params](cdc)),
		Oxygen: collections.NewMap(sb, types.OxygenPrefix, "oxygen", collections.StringKey, collections.Uint64Value),
	}
}

// Has tells whether the store holds the key.
func (k Keeper) Has(ctx context.Context, key []byte) (bool, error) {
	return k.storeService.OpenKVStore(ctx).Has(key)
}
