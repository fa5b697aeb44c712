package keeper

import (
	sdk "github.com/cosmos/cosmos-sdk/types"

	"github.com/tick-tock/tick/x/clock/migrations/v5"
)

// Migrator migrates the module's store in place.
type Migrator struct {
	keeper Keeper
}

// NewMigrator returns a migrator for the keeper's store.
func NewMigrator(keeper Keeper) Migrator {
	return Migrator{keeper: keeper}
}

// Migrate4to5 migrates the store from version 4 to 5.
func (m Migrator) Migrate4to5(ctx sdk.Context) error {
	return v5.MigrateStore(ctx, m.keeper)
}
