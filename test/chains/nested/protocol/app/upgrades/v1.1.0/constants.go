package v_1_1_0

import (
	storetypes "cosmossdk.io/store/types"

	"github.com/nest-exchange/nest/protocol/app/upgrades"
	eggtypes "github.com/nest-exchange/nest/protocol/x/egg/types"
)

const (
	// UpgradeName is the name of the plan.
	UpgradeName = "v1.1.0"
)

// Upgrade is the upgrade v1.1.0.
var Upgrade = upgrades.Upgrade{
	UpgradeName:          UpgradeName,
	CreateUpgradeHandler: CreateUpgradeHandler,
	StoreUpgrades: storetypes.StoreUpgrades{
		Added:   []string{eggtypes.StoreKey},
		Deleted: []string{},
	},
}
