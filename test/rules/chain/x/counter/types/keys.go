package types

const (
	ModuleName = "counter"
	StoreKey   = "counterstore"
)
