package types

const (
	// ModuleName is the module's name.
	ModuleName = "spoke"

	// StoreKey is the name of the module's store.
	StoreKey = ModuleName
)
