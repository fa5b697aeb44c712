package v1

import (
	storetypes "cosmossdk.io/store/types"

	"github.com/redmond-zone/redmond/app/upgrades"
	ledgertypes "github.com/redmond-zone/redmond/x/ledger/types"
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
		Added:   []string{ledgertypes.StoreKey},
		Deleted: []string{},
	},
}
