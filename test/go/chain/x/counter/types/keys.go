// Package types holds the names and the genesis of the counter module.
package types

const (
	ModuleName = "counter"
	StoreKey   = ModuleName
)

// CountKey holds the number of blocks, 8 bytes, big endian.
var CountKey = []byte{1}
