package v2

import (
	storetypes "github.com/cosmos/cosmos-sdk/store/v2/types"

	"github.com/zenith/zenith/v2/app/upgrades"
	summittypes "github.com/zenith/zenith/v2/x/summit/types"
)

const (
	// UpgradeName is the name of the plan.
	UpgradeName = "v2"
)

// Upgrade is the upgrade v2.
var Upgrade = upgrades.Upgrade{
	UpgradeName:          UpgradeName,
	CreateUpgradeHandler: CreateUpgradeHandler,
	StoreUpgrades: storetypes.StoreUpgrades{
		Added:   []string{summittypes.StoreKey},
		Deleted: []string{},
	},
}
