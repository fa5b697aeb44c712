// Package exported holds what the module needs of x/params.
package exported

import (
	sdk "github.com/cosmos/cosmos-sdk/types"
	paramtypes "github.com/cosmos/cosmos-sdk/x/params/types"
)

// ParamSet is x/params' own.
type ParamSet = paramtypes.ParamSet

// Subspace is the module's part of x/params.
type Subspace interface {
	GetParamSet(ctx sdk.Context, ps ParamSet)
}
