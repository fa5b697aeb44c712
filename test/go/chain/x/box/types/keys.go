// Package types holds the names and the genesis of the box module.
package types

const (
	ModuleName = "box"
	StoreKey   = "box"
)

// ValueKey holds the value.
var ValueKey = []byte{1}
