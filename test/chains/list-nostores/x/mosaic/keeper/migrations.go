package keeper

import (
	sdk "github.com/cosmos/cosmos-sdk/types"

	"github.com/tessera-network/tessera/x/mosaic/migrations/v2"
	"github.com/tessera-network/tessera/x/mosaic/migrations/v3"
	"github.com/tessera-network/tessera/x/mosaic/migrations/v4"
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

// Migrate2to3 migrates the store from version 2 to 3.
func (m Migrator) Migrate2to3(ctx sdk.Context) error {
	return v3.MigrateStore(ctx, m.keeper)
}

// Migrate3to4 migrates the store from version 3 to 4.
func (m Migrator) Migrate3to4(ctx sdk.Context) error {
	return v4.MigrateStore(ctx, m.keeper)
}
