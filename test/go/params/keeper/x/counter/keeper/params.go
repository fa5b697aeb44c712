package keeper

import (
	"encoding/json"

	sdk "github.com/cosmos/cosmos-sdk/types"

	"example.com/tiny/x/counter/types"
)

func (k *Keeper) GetParams(ctx sdk.Context) (params types.Params, err error) {
	bz, err := k.storeService.OpenKVStore(ctx).Get([]byte{9})
	if err != nil {
		return params, err
	}
	return params, json.Unmarshal(bz, &params)
}

func (k *Keeper) SetParams(ctx sdk.Context, params *types.Params) {
	bz, err := json.Marshal(params)
	if err == nil {
		err = k.storeService.OpenKVStore(ctx).Set([]byte{9}, bz)
	}
	if err != nil {
		panic(err)
	}
}
