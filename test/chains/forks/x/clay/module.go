// Package clay is soft.
package clay

import (
	"github.com/cosmos/cosmos-sdk/codec"
	"github.com/cosmos/cosmos-sdk/types/module"

	"github.com/kiln/kiln/x/clay/keeper"
	"github.com/kiln/kiln/x/clay/types"
)

// AppModule is the module as the app sees it.
type AppModule struct {
	cdc    codec.Marshaler
	keeper keeper.Keeper
}

// NewAppModule returns the module over its keeper.
func NewAppModule(cdc codec.Marshaler, keeper keeper.Keeper) AppModule {
	return AppModule{cdc: cdc, keeper: keeper}
}

// Name returns the module's name.
func (AppModule) Name() string { return types.ModuleName }

// RegisterServices has nothing to register yet.
func (AppModule) RegisterServices(module.Configurator) {}
