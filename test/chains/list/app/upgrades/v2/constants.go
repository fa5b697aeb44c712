package v2

import (
	store "cosmossdk.io/store/types"

	"github.com/harbor-chain/harbor/app/upgrades"
	berthtypes "github.com/harbor-chain/harbor/x/berth/types"
)

// UpgradeName is the name of the plan on chain.
const UpgradeName = "v2"

// Upgrade is the upgrade v2.
var Upgrade = upgrades.Upgrade{
	UpgradeName:          UpgradeName,
	CreateUpgradeHandler: CreateUpgradeHandler,
	StoreUpgrades: store.StoreUpgrades{
		Added: []string{
			berthtypes.StoreKey,
		},
	},
}
