// Package shell is what is left.
package shell

import (
	"github.com/cosmos/cosmos-sdk/codec"

	"github.com/fossil/fossil/x/shell/keeper"
	"github.com/fossil/fossil/x/shell/types"
)

// AppModule is the module as the app sees it.
type AppModule struct {
	cdc    *codec.Codec
	keeper keeper.Keeper
}

// NewAppModule returns the module over its keeper.
func NewAppModule(cdc *codec.Codec, keeper keeper.Keeper) AppModule {
	return AppModule{cdc: cdc, keeper: keeper}
}

// Name returns the module's name.
func (AppModule) Name() string { return types.ModuleName }
