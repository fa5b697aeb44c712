// Package shard is a piece.
package shard

import (
	"cosmossdk.io/core/appmodule"

	"github.com/cosmos/cosmos-sdk/codec"

	"github.com/kintsugi-zone/kintsugi/x/shard/keeper"
	"github.com/kintsugi-zone/kintsugi/x/shard/types"
)

var _ appmodule.AppModule = AppModule{}

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

// ConsensusVersion is raised whenever the module's state changes in a way that needs a migration.
func (AppModule) ConsensusVersion() uint64 { return 1 }

// IsOnePerModuleType implements depinject.OnePerModuleType.
func (AppModule) IsOnePerModuleType() {}

// IsAppModule implements appmodule.AppModule.
func (AppModule) IsAppModule() {}
