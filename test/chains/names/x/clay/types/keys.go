package types

const (
	// ModuleName is the module's name.
	ModuleName = "clay"

	// StoreKey is the name of the module's store.
	StoreKey = ModuleName
)
