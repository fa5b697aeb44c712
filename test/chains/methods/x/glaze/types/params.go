package types

// ParamsKey is where the parameters are kept.
var ParamsKey = []byte{0x02}

// DefaultParams returns the parameters of a new chain.
func DefaultParams() Params {
	return NewParams(3, 1280)
}

// NewParams returns these parameters.
func NewParams(coats uint32, heat uint64) Params {
	return Params{Coats: coats, PeakHeat: heat}
}
