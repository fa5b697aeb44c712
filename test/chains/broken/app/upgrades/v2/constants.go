package v2

import (
	storetypes "cosmossdk.io/store/types"

	"github.com/kintsugi-zone/kintsugi/app/upgrades"
	shardtypes "github.com/kintsugi-zone/kintsugi/x/shard/types"
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
		Added:   []string{shardtypes.StoreKey},
		Deleted: []string{},
	},
}
