// Package keeper keeps the number of berths.
package keeper

import (
	"context"

	"cosmossdk.io/core/store"
	"github.com/cosmos/cosmos-sdk/codec"

	"example.com/tiny/x/berth/types"
)

// Keeper keeps the number of berths.
type Keeper struct {
	storeService store.KVStoreService

	cdc       codec.BinaryCodec
	bank      types.BankKeeper
	authority string
}

// NewKeeper returns a Keeper.
func NewKeeper(cdc codec.BinaryCodec, storeService store.KVStoreService, bankKeeper types.BankKeeper, authority string) Keeper {
	return Keeper{cdc: cdc, storeService: storeService, bank: bankKeeper, authority: authority}
}

// SetBerths sets the number of berths.
func (k Keeper) SetBerths(ctx context.Context, berths byte) error {
	return k.storeService.OpenKVStore(ctx).Set(types.BerthsKey, []byte{berths})
}

// Berths is the number of berths.
func (k Keeper) Berths(ctx context.Context) (byte, error) {
	bz, err := k.storeService.OpenKVStore(ctx).Get(types.BerthsKey)
	if err != nil || len(bz) == 0 {
		return 0, err
	}
	return bz[0], nil
}
