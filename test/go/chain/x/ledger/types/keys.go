// Package types holds the names and the genesis of the ledger module.
package types

const (
	ModuleName = "ledger"
	StoreKey   = "ledger"
)

// ValueKey holds the value.
var ValueKey = []byte{1}
