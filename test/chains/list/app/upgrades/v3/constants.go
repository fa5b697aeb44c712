package v3

import (
	store "cosmossdk.io/store/types"

	"github.com/harbor-chain/harbor/app/upgrades"
)

// UpgradeName is the name of the plan on chain.
const UpgradeName = "v3"

// Upgrade is the upgrade v3.
var Upgrade = upgrades.Upgrade{
	UpgradeName:          UpgradeName,
	CreateUpgradeHandler: CreateUpgradeHandler,
	StoreUpgrades: store.StoreUpgrades{
		Deleted: []string{"tally"},
	},
}
