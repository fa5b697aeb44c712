// Package spoke goes from here to there.
package spoke

import (
	"fmt"

	"github.com/cosmos/cosmos-sdk/codec"
	"github.com/cosmos/cosmos-sdk/types/module"

	"github.com/axle/axle/x/spoke/keeper"
	"github.com/axle/axle/x/spoke/types"
)

// AppModule is the module as the app sees it.
type AppModule struct {
	cdc    codec.Codec
	keeper keeper.Keeper
}

// NewAppModule returns the module over its keeper.
func NewAppModule(cdc codec.Codec, keeper keeper.Keeper) AppModule {
	return AppModule{cdc: cdc, keeper: keeper}
}

// Name returns the module's name.
func (AppModule) Name() string { return types.ModuleName }

// RegisterServices registers the module's migrations.
func (am AppModule) RegisterServices(cfg module.Configurator) {
	m := keeper.NewMigrator(am.keeper)
	if err := cfg.RegisterMigration(types.ModuleName, 1, m.Migrate1to2); err != nil {
		panic(fmt.Errorf("failed to register the migration of x/%s from version 1 to 2: %w", types.ModuleName, err))
	}
}

// ConsensusVersion is raised whenever the module's state changes in a way that needs a migration.
func (AppModule) ConsensusVersion() uint64 { return 2 }
