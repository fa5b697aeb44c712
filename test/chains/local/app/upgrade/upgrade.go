package upgrade

import (
	storetypes "github.com/cosmos/cosmos-sdk/store/types"
	upgradetypes "github.com/cosmos/cosmos-sdk/x/upgrade/types"
)

// Upgrade is an upgrade of the chain.
type Upgrade struct {
	Name          string
	StoreUpgrades storetypes.StoreUpgrades
	Handler       upgradetypes.UpgradeHandler
}
