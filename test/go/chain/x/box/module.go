// Package box keeps one value, written when the module starts.
package box

import (
	"encoding/json"

	"cosmossdk.io/core/appmodule"
	"cosmossdk.io/core/store"
	"github.com/cosmos/cosmos-sdk/client"
	"github.com/cosmos/cosmos-sdk/codec"
	codectypes "github.com/cosmos/cosmos-sdk/codec/types"
	sdk "github.com/cosmos/cosmos-sdk/types"
	"github.com/cosmos/cosmos-sdk/types/module"
	"github.com/grpc-ecosystem/grpc-gateway/runtime"

	"example.com/tiny/x/box/types"
)

var valueKey = []byte{1}

type AppModule struct {
	storeService store.KVStoreService
}

var (
	_ module.AppModuleBasic      = AppModule{}
	_ module.HasGenesis          = AppModule{}
	_ module.HasConsensusVersion = AppModule{}
	_ appmodule.AppModule        = AppModule{}
)

func NewAppModule(storeService store.KVStoreService) AppModule {
	return AppModule{storeService: storeService}
}

func (AppModule) IsOnePerModuleType()                                         {}
func (AppModule) IsAppModule()                                                {}
func (AppModule) Name() string                                                { return types.ModuleName }
func (AppModule) RegisterLegacyAminoCodec(*codec.LegacyAmino)                 {}
func (AppModule) RegisterInterfaces(codectypes.InterfaceRegistry)             {}
func (AppModule) RegisterGRPCGatewayRoutes(client.Context, *runtime.ServeMux) {}
func (AppModule) ConsensusVersion() uint64                                    { return 1 }

func (AppModule) DefaultGenesis(codec.JSONCodec) json.RawMessage {
	return json.RawMessage(`{}`)
}

func (AppModule) ValidateGenesis(codec.JSONCodec, client.TxEncodingConfig, json.RawMessage) error {
	return nil
}

func (am AppModule) InitGenesis(ctx sdk.Context, _ codec.JSONCodec, _ json.RawMessage) {
	if err := am.storeService.OpenKVStore(ctx).Set(valueKey, []byte{1}); err != nil {
		panic(err)
	}
}

func (am AppModule) ExportGenesis(sdk.Context, codec.JSONCodec) json.RawMessage {
	return am.DefaultGenesis(nil)
}
