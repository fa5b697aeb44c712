// Package ledger keeps one value, which comes from the genesis.
package ledger

import (
	"encoding/json"

	abci "github.com/cometbft/cometbft/abci/types"
	"github.com/cosmos/cosmos-sdk/client"
	"github.com/cosmos/cosmos-sdk/codec"
	codectypes "github.com/cosmos/cosmos-sdk/codec/types"
	storetypes "github.com/cosmos/cosmos-sdk/store/types"
	sdk "github.com/cosmos/cosmos-sdk/types"
	"github.com/cosmos/cosmos-sdk/types/module"
	"github.com/grpc-ecosystem/grpc-gateway/runtime"
	"github.com/spf13/cobra"

	"example.com/tiny/x/ledger/types"
)

type AppModule struct {
	storeKey storetypes.StoreKey
}

var (
	_ module.AppModuleBasic      = AppModule{}
	_ module.HasGenesis          = AppModule{}
	_ module.HasConsensusVersion = AppModule{}
)

func NewAppModule(storeKey storetypes.StoreKey) AppModule {
	return AppModule{storeKey: storeKey}
}

func (AppModule) Name() string                                                { return types.ModuleName }
func (AppModule) RegisterLegacyAminoCodec(*codec.LegacyAmino)                 {}
func (AppModule) RegisterInterfaces(codectypes.InterfaceRegistry)             {}
func (AppModule) RegisterGRPCGatewayRoutes(client.Context, *runtime.ServeMux) {}
func (AppModule) GetTxCmd() *cobra.Command                                    { return nil }
func (AppModule) GetQueryCmd() *cobra.Command                                 { return nil }
func (AppModule) ConsensusVersion() uint64                                    { return 1 }

func (AppModule) DefaultGenesis(codec.JSONCodec) json.RawMessage {
	return types.Genesis{Value: "empty"}.JSON()
}

func (AppModule) ValidateGenesis(_ codec.JSONCodec, _ client.TxEncodingConfig, bz json.RawMessage) error {
	_, err := types.ParseGenesis(bz)
	return err
}

func (am AppModule) InitGenesis(ctx sdk.Context, _ codec.JSONCodec, bz json.RawMessage) []abci.ValidatorUpdate {
	genesis, err := types.ParseGenesis(bz)
	if err != nil {
		panic(err)
	}
	ctx.KVStore(am.storeKey).Set(types.ValueKey, []byte(genesis.Value))
	return nil
}

func (am AppModule) ExportGenesis(ctx sdk.Context, _ codec.JSONCodec) json.RawMessage {
	value := ctx.KVStore(am.storeKey).Get(types.ValueKey)
	if value == nil {
		panic(types.ModuleName + ": the value is missing")
	}
	return types.Genesis{Value: string(value)}.JSON()
}
