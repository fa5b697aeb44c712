package keeper

import (
	sdk "github.com/cosmos/cosmos-sdk/types"

	"github.com/kiln-works/kiln/x/glaze/types"
)

// GetParams returns the module's parameters.
func (k Keeper) GetParams(ctx sdk.Context) (params types.Params) {
	if bz := ctx.KVStore(k.storeKey).Get(types.ParamsKey); bz != nil {
		k.cdc.MustUnmarshal(bz, &params)
	}
	return params
}

// SetParams sets the module's parameters.
func (k Keeper) SetParams(ctx sdk.Context, params types.Params) error {
	bz, err := k.cdc.Marshal(&params)
	if err != nil {
		return err
	}
	ctx.KVStore(k.storeKey).Set(types.ParamsKey, bz)
	return nil
}
