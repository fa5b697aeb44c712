// Package counter counts the chain's blocks.
package counter

import (
	"encoding/json"

	abci "github.com/cometbft/cometbft/abci/types"
	"github.com/cosmos/cosmos-sdk/client"
	"github.com/cosmos/cosmos-sdk/codec"
	codectypes "github.com/cosmos/cosmos-sdk/codec/types"
	sdk "github.com/cosmos/cosmos-sdk/types"
	"github.com/cosmos/cosmos-sdk/types/module"
	"github.com/grpc-ecosystem/grpc-gateway/runtime"
	"github.com/spf13/cobra"

	"example.com/tiny/x/counter/keeper"
	"example.com/tiny/x/counter/types"
)

// ConsensusVersion is the version of the module's state.
const ConsensusVersion = 2

type AppModule struct {
	keeper keeper.Keeper
}

var (
	_ module.AppModuleBasic      = AppModule{}
	_ module.HasGenesis          = AppModule{}
	_ module.HasServices         = AppModule{}
	_ module.HasConsensusVersion = AppModule{}
	_ module.EndBlockAppModule   = AppModule{}
)

func NewAppModule(keeper keeper.Keeper) AppModule {
	return AppModule{keeper: keeper}
}

func (AppModule) Name() string                                                { return types.ModuleName }
func (AppModule) RegisterLegacyAminoCodec(*codec.LegacyAmino)                 {}
func (AppModule) RegisterInterfaces(codectypes.InterfaceRegistry)             {}
func (AppModule) RegisterGRPCGatewayRoutes(client.Context, *runtime.ServeMux) {}
func (AppModule) GetTxCmd() *cobra.Command                                    { return nil }
func (AppModule) GetQueryCmd() *cobra.Command                                 { return nil }
func (AppModule) ConsensusVersion() uint64                                    { return ConsensusVersion }

func (am AppModule) RegisterServices(cfg module.Configurator) {
	m := keeper.NewMigrator(am.keeper)
	if err := cfg.RegisterMigration(types.ModuleName, 1, m.Migrate1to2); err != nil {
		panic(err)
	}
}

func (AppModule) DefaultGenesis(codec.JSONCodec) json.RawMessage {
	return types.Genesis{}.JSON()
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
	am.keeper.SetCount(ctx, genesis.Count)
	return nil
}

func (am AppModule) ExportGenesis(ctx sdk.Context, _ codec.JSONCodec) json.RawMessage {
	count, err := am.keeper.Count(ctx)
	if err != nil {
		panic(err)
	}
	return types.Genesis{Count: count}.JSON()
}

// EndBlock counts one more block; a count in another layout stops the chain.
func (am AppModule) EndBlock(ctx sdk.Context, _ abci.RequestEndBlock) []abci.ValidatorUpdate {
	count, err := am.keeper.Count(ctx)
	if err != nil {
		panic(err)
	}
	am.keeper.SetCount(ctx, count+1)
	return nil
}
