// Package glaze is where the river ends.
package glaze

import (
	"github.com/cosmos/cosmos-sdk/codec"
	"github.com/cosmos/cosmos-sdk/types/module"

	"github.com/kiln-works/kiln/x/glaze/keeper"
	"github.com/kiln-works/kiln/x/glaze/types"
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

// RegisterServices has nothing to register yet.
func (AppModule) RegisterServices(module.Configurator) {}

// ConsensusVersion is raised whenever the module's state changes in a way that needs a migration.
func (AppModule) ConsensusVersion() uint64 { return 1 }
