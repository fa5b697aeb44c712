package keeper

import (
	sdk "github.com/cosmos/cosmos-sdk/types"

	"github.com/estuary-zone/estuary/v3/x/tide/types"
)

// GetParams returns the module's parameters.
func (k Keeper) GetParams(ctx sdk.Context) (params types.Params) {
	k.cdc.MustUnmarshal(ctx.KVStore(k.storeKey).Get(types.ParamsKey), &params)
	return params
}

// SetParams sets the module's parameters.
func (k Keeper) SetParams(ctx sdk.Context, params types.Params) error {
	if err := params.Validate(); err != nil {
		return err
	}
	ctx.KVStore(k.storeKey).Set(types.ParamsKey, k.cdc.MustMarshal(&params))
	return nil
}
