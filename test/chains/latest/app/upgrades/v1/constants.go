package v1

import (
	storetypes "github.com/cosmos/cosmos-sdk/store/v2/types"

	"github.com/zenith/zenith/v2/app/upgrades"
)

const (
	// UpgradeName is the name of the plan.
	UpgradeName = "v1"
)

// Upgrade is the upgrade v1.
var Upgrade = upgrades.Upgrade{
	UpgradeName:          UpgradeName,
	CreateUpgradeHandler: CreateUpgradeHandler,
	StoreUpgrades: storetypes.StoreUpgrades{
		Added:   []string{},
		Deleted: []string{},
	},
}
