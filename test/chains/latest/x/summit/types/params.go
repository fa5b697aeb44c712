package types

import "cosmossdk.io/collections"

// ParamsKey is where the parameters are kept.
var ParamsKey = collections.NewPrefix(1)

// OxygenPrefix is what the bottles of each camp are kept under.
var OxygenPrefix = collections.NewPrefix(2)

// DefaultParams returns the parameters of a new chain.
func DefaultParams() Params {
	return Params{
		Height:     8848,
		BaseCamps:  []string{"north", "south"},
		MaxParties: 12,
	}
}
