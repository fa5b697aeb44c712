package counter

import (
	"github.com/cosmos/cosmos-sdk/types/module"

	"example.org/tally/x/counter/types"
)

type AppModule struct{}

func (AppModule) Name() string { return types.ModuleName }

func (AppModule) ConsensusVersion() uint64 { return 1 }

func (am AppModule) RegisterServices(cfg module.Configurator) {}
