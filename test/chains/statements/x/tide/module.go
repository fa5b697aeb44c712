// Package tide rises and falls.
package tide

import (
	"fmt"

	"github.com/cosmos/cosmos-sdk/codec"
	"github.com/cosmos/cosmos-sdk/types/module"

	"github.com/estuary-zone/estuary/v3/x/tide/exported"
	"github.com/estuary-zone/estuary/v3/x/tide/keeper"
	"github.com/estuary-zone/estuary/v3/x/tide/types"
)

// AppModule is the module as the app sees it.
type AppModule struct {
	cdc    codec.Codec
	keeper keeper.Keeper

	legacySubspace exported.Subspace
}

// NewAppModule returns the module over its keeper.
func NewAppModule(cdc codec.Codec, keeper keeper.Keeper, legacySubspace exported.Subspace) AppModule {
	return AppModule{cdc: cdc, keeper: keeper, legacySubspace: legacySubspace}
}

// Name returns the module's name.
func (AppModule) Name() string { return types.ModuleName }

// RegisterServices registers the module's migrations.
func (am AppModule) RegisterServices(cfg module.Configurator) {
	m := keeper.NewMigrator(am.keeper)
	if err := cfg.RegisterMigration(types.ModuleName, 1, m.Migrate1to2); err != nil {
		panic(fmt.Errorf("failed to register the migration of x/%s from version 1 to 2: %w", types.ModuleName, err))
	}
	if err := cfg.RegisterMigration(types.ModuleName, 2, m.Migrate2to3); err != nil {
		panic(fmt.Errorf("failed to register the migration of x/%s from version 2 to 3: %w", types.ModuleName, err))
	}
}

// ConsensusVersion is raised whenever the module's state changes in a way that needs a migration.
func (AppModule) ConsensusVersion() uint64 { return 3 }
