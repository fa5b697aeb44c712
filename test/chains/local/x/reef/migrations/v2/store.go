// Package v2 migrates x/reef from version 1 to 2.
package v2

import (
	"errors"

	sdk "github.com/cosmos/cosmos-sdk/types"
)

// Store is what the migration needs of the keeper.
type Store interface {
	Has(ctx sdk.Context, key []byte) bool
}

// MigrateStore checks that the parameters are there.
func MigrateStore(ctx sdk.Context, store Store) error {
	if !store.Has(ctx, []byte("params")) {
		return errors.New("parameters are missing")
	}
	return nil
}
