// Package v2 is the upgrade that brings the counter module.
package v2

import (
	storetypes "github.com/cosmos/cosmos-sdk/store/types"

	"example.com/tiny/app/upgrades"
	countertypes "example.com/tiny/x/counter/types"
)

// UpgradeName is the name of the plan on the chain.
const UpgradeName = "v2"

var Upgrade = upgrades.Upgrade{
	UpgradeName:          UpgradeName,
	CreateUpgradeHandler: CreateUpgradeHandler,
	StoreUpgrades: storetypes.StoreUpgrades{
		Added: []string{
			countertypes.StoreKey,
		},
	},
}
