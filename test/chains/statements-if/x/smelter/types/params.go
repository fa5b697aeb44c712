package types

import (
	"fmt"

	paramtypes "github.com/cosmos/cosmos-sdk/x/params/types"
)

// The parameters' keys in x/params.
var (
	KeyHeat   = []byte("Heat")
	KeyOre    = []byte("Ore")
	keySecret = []byte("Secret")
)

// ParamKeyTable registers the parameters with x/params.
func ParamKeyTable() paramtypes.KeyTable {
	return paramtypes.NewKeyTable().RegisterParamSet(&Params{})
}

// ParamSetPairs implements paramtypes.ParamSet.
func (p *Params) ParamSetPairs() paramtypes.ParamSetPairs {
	return paramtypes.ParamSetPairs{
		paramtypes.NewParamSetPair(KeyHeat, &p.Heat, validate),
		paramtypes.NewParamSetPair(KeyOre, &p.Ore, validate),
		paramtypes.NewParamSetPair(keySecret, &p.Secret, validate),
	}
}

// DefaultParams returns the parameters of a new chain.
func DefaultParams() Params {
	params := Params{Heat: 1538}
	params.Ore = 700
	params.Secret = 1
	return params
}

func validate(value interface{}) error {
	if _, ok := value.(uint64); !ok {
		return fmt.Errorf("%T is no uint64", value)
	}
	return nil
}
