package types

import (
	"cosmossdk.io/log"
	storetypes "cosmossdk.io/store/types"
	upgradetypes "cosmossdk.io/x/upgrade/types"

	apptypes "github.com/postal-chain/postal/app/types"
)

// Upgrade is one software upgrade.
type Upgrade interface {
	Handler() upgradetypes.UpgradeHandler
	// StoreLoader may return nil.
	StoreLoader() *storetypes.StoreUpgrades
}

// Make makes an upgrade for an app.
type Make func(log.Logger, *apptypes.App) (Upgrade, error)

var upgrades = map[string]Make{}

// RegisterUpgrade enters an upgrade.
func RegisterUpgrade(name string, make Make) {
	if _, known := upgrades[name]; known {
		panic("upgrade registered twice: " + name)
	}

	upgrades[name] = make
}

// Upgrades are all that were entered.
func Upgrades() map[string]Make {
	return upgrades
}
