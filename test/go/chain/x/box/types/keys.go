// Package types holds the names of the box module.
package types

const (
	ModuleName = "box"
	StoreKey   = ModuleName
)
