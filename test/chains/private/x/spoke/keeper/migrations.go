package keeper

import (
	sdk "github.com/cosmos/cosmos-sdk/types"

	"github.com/axle/axle/x/spoke/migrations/v2"
)

// Migrator migrates the module's store in place.
type Migrator struct {
	keeper Keeper
}

// NewMigrator returns a migrator for the keeper's store.
func NewMigrator(keeper Keeper) Migrator {
	return Migrator{keeper: keeper}
}

// Migrate1to2 migrates the store from version 1 to 2.
func (m Migrator) Migrate1to2(ctx sdk.Context) error {
	return v2.MigrateStore(ctx, m.keeper)
}
