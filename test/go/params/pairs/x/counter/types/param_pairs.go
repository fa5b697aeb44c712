package types

import (
	"fmt"

	paramtypes "github.com/cosmos/cosmos-sdk/x/params/types"
)

var (
	KeyStart = []byte("Start")
	KeyStep  = []byte("Step")
	KeyLimit = []byte("Limit")
)

func ParamKeyTable() paramtypes.KeyTable {
	return paramtypes.NewKeyTable().RegisterParamSet(&Params{})
}

func (p *Params) ParamSetPairs() paramtypes.ParamSetPairs {
	return paramtypes.ParamSetPairs{
		paramtypes.NewParamSetPair(KeyStart, &p.Start, isCount),
		paramtypes.NewParamSetPair(KeyStep, &p.Step, isCount),
		paramtypes.NewParamSetPair(KeyLimit, &p.Limit, isCount),
	}
}

func isCount(value interface{}) error {
	if _, ok := value.(uint64); !ok {
		return fmt.Errorf("%T is no count", value)
	}
	return nil
}
