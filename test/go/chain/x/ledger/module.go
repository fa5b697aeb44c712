// Package ledger keeps one value, which comes from the genesis.
package ledger

import (
	"encoding/json"
	"fmt"

	"cosmossdk.io/core/appmodule"
	"cosmossdk.io/core/store"
	"github.com/cosmos/cosmos-sdk/client"
	"github.com/cosmos/cosmos-sdk/codec"
	codectypes "github.com/cosmos/cosmos-sdk/codec/types"
	sdk "github.com/cosmos/cosmos-sdk/types"
	"github.com/cosmos/cosmos-sdk/types/module"
	"github.com/grpc-ecosystem/grpc-gateway/runtime"

	"example.com/tiny/x/ledger/types"
)

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
	return types.Genesis{Value: "empty"}.JSON()
}

func (AppModule) ValidateGenesis(_ codec.JSONCodec, _ client.TxEncodingConfig, bz json.RawMessage) error {
	_, err := types.ParseGenesis(bz)
	return err
}

func (am AppModule) InitGenesis(ctx sdk.Context, _ codec.JSONCodec, bz json.RawMessage) {
	genesis, err := types.ParseGenesis(bz)
	if err != nil {
		panic(err)
	}
	if err := am.storeService.OpenKVStore(ctx).Set(types.ValueKey, []byte(genesis.Value)); err != nil {
		panic(err)
	}
}

func (am AppModule) ExportGenesis(ctx sdk.Context, _ codec.JSONCodec) json.RawMessage {
	value, err := am.storeService.OpenKVStore(ctx).Get(types.ValueKey)
	if err != nil || value == nil {
		panic(fmt.Sprintf("%s: the value is missing (%v)", types.ModuleName, err))
	}
	return types.Genesis{Value: string(value)}.JSON()
}
