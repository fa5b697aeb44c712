// Package types has what the other packages of the module share.
package types

const (
	ModuleName = "berth"
	StoreKey   = ModuleName
)

// BerthsKey holds the number of berths.
var BerthsKey = []byte{1}
