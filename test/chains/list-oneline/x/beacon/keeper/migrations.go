package keeper

import (
	sdk "github.com/cosmos/cosmos-sdk/types"

	"github.com/lumen-labs/lumen/x/beacon/migrations/v3"
)

// Migrator migrates the module's store in place.
type Migrator struct {
	keeper Keeper
}

// NewMigrator returns a migrator for the keeper's store.
func NewMigrator(keeper Keeper) Migrator {
	return Migrator{keeper: keeper}
}

// Migrate2to3 migrates the store from version 2 to 3.
func (m Migrator) Migrate2to3(ctx sdk.Context) error {
	return v3.MigrateStore(ctx, m.keeper)
}
