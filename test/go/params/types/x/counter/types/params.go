package types

// Params are the module's parameters.
type Params struct {
	Start uint64 `json:"start"`
	Step  uint64 `json:"step"`
	Limit uint64 `json:"limit"`
}

func NewParams(start, step, limit uint64) Params {
	return Params{Start: start, Step: step, Limit: limit}
}

func DefaultParams() Params {
	return NewParams(1, 2, 1000)
}
