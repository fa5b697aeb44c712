package types

const (
	// ModuleName is the module's name.
	ModuleName = "beacon"

	// StoreKey is the name of the module's store.
	StoreKey = ModuleName
)

// ConsensusVersion is the version of the module's state.
const ConsensusVersion = 3
