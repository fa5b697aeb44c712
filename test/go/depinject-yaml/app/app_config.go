package app

import (
	_ "embed"

	"cosmossdk.io/core/appconfig"
)

//go:embed app.yaml
var appConfigYAML []byte

// AppConfig is the configuration of the chain's modules.
var AppConfig = appconfig.LoadYAML(appConfigYAML)
