package v1

import (
	storetypes "cosmossdk.io/store/types"

	"github.com/kintsugi-zone/kintsugi/app/upgrades"
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
