package main

import (
	"cosmossdk.io/client/v2/autocli"
	"cosmossdk.io/core/appmodule"
	"github.com/cosmos/cosmos-sdk/client"
	"github.com/cosmos/cosmos-sdk/runtime/services"
	sdk "github.com/cosmos/cosmos-sdk/types"
	"github.com/cosmos/cosmos-sdk/types/module"
	authcodec "github.com/cosmos/cosmos-sdk/x/auth/codec"
	"github.com/spf13/cobra"
)

// addModuleCommands adds the queries and transactions that modules describe.
func addModuleCommands(root *cobra.Command, ctx client.Context, manager *module.Manager) {
	modules := map[string]appmodule.AppModule{}
	for name, each := range manager.Modules {
		if m, ok := each.(appmodule.AppModule); ok {
			modules[name] = m
		}
	}
	config := sdk.GetConfig()
	options := autocli.AppOptions{
		Modules:               modules,
		ClientCtx:             ctx,
		ModuleOptions:         services.ExtractAutoCLIOptions(manager.Modules),
		AddressCodec:          authcodec.NewBech32Codec(config.GetBech32AccountAddrPrefix()),
		ValidatorAddressCodec: authcodec.NewBech32Codec(config.GetBech32ValidatorAddrPrefix()),
		ConsensusAddressCodec: authcodec.NewBech32Codec(config.GetBech32ConsensusAddrPrefix()),
	}
	if err := options.EnhanceRootCommand(root); err != nil {
		panic(err)
	}
}
