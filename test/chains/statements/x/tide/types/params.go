package types

import (
	"fmt"

	paramtypes "github.com/cosmos/cosmos-sdk/x/params/types"
)

// ParamsKey is where the parameters are kept.
var ParamsKey = []byte{0x02}

// DefaultParams returns the parameters of a new chain.
func DefaultParams() Params {
	return Params{Range: 12}
}

// Validate tells what is wrong with the parameters.
func (p Params) Validate() error {
	return validateRange(p.Range)
}

// ParamKeyTable registers the parameters with x/params.
func ParamKeyTable() paramtypes.KeyTable {
	return paramtypes.NewKeyTable().RegisterParamSet(&Params{})
}

// ParamSetPairs implements paramtypes.ParamSet.
func (p *Params) ParamSetPairs() paramtypes.ParamSetPairs {
	return paramtypes.ParamSetPairs{paramtypes.NewParamSetPair([]byte("Range"), &p.Range, validateRange)}
}

func validateRange(value interface{}) error {
	if r, ok := value.(uint64); !ok || r == 0 {
		return fmt.Errorf("%v is no range", value)
	}
	return nil
}
