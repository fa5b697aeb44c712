package keeper

import (
	"github.com/cosmos/cosmos-sdk/codec"
	sdk "github.com/cosmos/cosmos-sdk/types"
)

// Keeper holds the module's store.
type Keeper struct {
	cdc      codec.Marshaler
	storeKey sdk.StoreKey
}

// NewKeeper returns a keeper over the store.
func NewKeeper(cdc codec.Marshaler, storeKey sdk.StoreKey) Keeper {
	return Keeper{cdc: cdc, storeKey: storeKey}
}

// Has tells whether the store holds the key.
func (k Keeper) Has(ctx sdk.Context, key []byte) bool {
	return ctx.KVStore(k.storeKey).Has(key)
}
