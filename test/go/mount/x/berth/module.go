// Package berth counts berths.
package berth

import (
	"context"
	"encoding/json"

	"cosmossdk.io/core/appmodule"
	"github.com/cosmos/cosmos-sdk/client"
	"github.com/cosmos/cosmos-sdk/codec"
	codectypes "github.com/cosmos/cosmos-sdk/codec/types"
	sdk "github.com/cosmos/cosmos-sdk/types"
	"github.com/cosmos/cosmos-sdk/types/module"
	"github.com/grpc-ecosystem/grpc-gateway/runtime"

	"example.com/tiny/x/berth/keeper"
	"example.com/tiny/x/berth/types"
)

// AppModule is the module.
type AppModule struct {
	cdc    codec.Codec
	keeper keeper.Keeper
}

var (
	_ module.AppModuleBasic      = AppModule{}
	_ module.HasGenesis          = AppModule{}
	_ module.HasConsensusVersion = AppModule{}
	_ appmodule.AppModule        = AppModule{}
	_ appmodule.HasEndBlocker    = AppModule{}
)

// NewAppModule returns the module.
func NewAppModule(cdc codec.Codec, keeper keeper.Keeper) AppModule {
	return AppModule{cdc: cdc, keeper: keeper}
}

func (AppModule) IsOnePerModuleType()                                         {}
func (AppModule) IsAppModule()                                                {}
func (AppModule) Name() string                                                { return types.ModuleName }
func (AppModule) RegisterLegacyAminoCodec(*codec.LegacyAmino)                 {}
func (AppModule) RegisterInterfaces(codectypes.InterfaceRegistry)             {}
func (AppModule) RegisterGRPCGatewayRoutes(client.Context, *runtime.ServeMux) {}
func (AppModule) ConsensusVersion() uint64                                    { return 1 }

func (AppModule) DefaultGenesis(codec.JSONCodec) json.RawMessage {
	return json.RawMessage(`{"berths":3}`)
}

func (AppModule) ValidateGenesis(codec.JSONCodec, client.TxEncodingConfig, json.RawMessage) error {
	return nil
}

func (am AppModule) InitGenesis(ctx sdk.Context, _ codec.JSONCodec, bz json.RawMessage) {
	var genesis struct{ Berths byte }
	if err := json.Unmarshal(bz, &genesis); err != nil {
		panic(err)
	}
	if err := am.keeper.SetBerths(ctx, genesis.Berths); err != nil {
		panic(err)
	}
}

func (am AppModule) ExportGenesis(ctx sdk.Context, _ codec.JSONCodec) json.RawMessage {
	berths, err := am.keeper.Berths(ctx)
	if err != nil {
		panic(err)
	}
	bz, err := json.Marshal(struct{ Berths byte }{berths})
	if err != nil {
		panic(err)
	}
	return bz
}

// EndBlock fails where there are no berths: the store was not made.
func (am AppModule) EndBlock(ctx context.Context) error {
	_, err := am.keeper.Berths(ctx)
	return err
}
