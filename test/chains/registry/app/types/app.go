package types

import "github.com/cosmos/cosmos-sdk/types/module"

// App is what upgrades need of the app.
type App struct {
	ModuleManager *module.Manager
	Configurator  module.Configurator
}
