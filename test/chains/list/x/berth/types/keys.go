package types

const (
	// ModuleName is the module's name.
	ModuleName = "berth"

	// StoreKey is the name of the module's store.
	StoreKey = "berths"

	// MemStoreKey is the name of the store of what is computed anew at every start.
	MemStoreKey = "mem_" + ModuleName
)
