package types

const (
	// ModuleName is the module's name.
	ModuleName = "shell"

	// StoreKey is the name of the module's store.
	StoreKey = ModuleName
)
