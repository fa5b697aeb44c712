package keeper

import (
	"github.com/cosmos/cosmos-sdk/codec"
	sdk "github.com/cosmos/cosmos-sdk/types"
	paramtypes "github.com/cosmos/cosmos-sdk/x/params/types"

	"github.com/foundry-chain/foundry/x/smelter/types"
)

// Keeper holds the module's store.
type Keeper struct {
	cdc        codec.BinaryCodec
	storeKey   sdk.StoreKey
	paramSpace paramtypes.Subspace
}

// NewKeeper returns a keeper over the store.
func NewKeeper(cdc codec.BinaryCodec, storeKey sdk.StoreKey, paramSpace paramtypes.Subspace) Keeper {
	return Keeper{cdc: cdc, storeKey: storeKey, paramSpace: paramSpace.WithKeyTable(types.ParamKeyTable())}
}

// GetParams returns the module's parameters.
func (k Keeper) GetParams(ctx sdk.Context) (params types.Params) {
	k.paramSpace.GetParamSet(ctx, &params)
	return params
}

// SetParams sets the module's parameters.
func (k Keeper) SetParams(ctx sdk.Context, params types.Params) {
	k.paramSpace.SetParamSet(ctx, &params)
}

// Has tells whether the store holds the key.
func (k Keeper) Has(ctx sdk.Context, key []byte) bool {
	return ctx.KVStore(k.storeKey).Has(key)
}
