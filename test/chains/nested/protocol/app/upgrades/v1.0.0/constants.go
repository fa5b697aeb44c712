package v_1_0_0

import (
	storetypes "cosmossdk.io/store/types"

	"github.com/nest-exchange/nest/protocol/app/upgrades"
)

const (
	// UpgradeName is the name of the plan.
	UpgradeName = "v1.0.0"
)

// Upgrade is the upgrade v1.0.0.
var Upgrade = upgrades.Upgrade{
	UpgradeName:          UpgradeName,
	CreateUpgradeHandler: CreateUpgradeHandler,
	StoreUpgrades: storetypes.StoreUpgrades{
		Added:   []string{},
		Deleted: []string{},
	},
}
