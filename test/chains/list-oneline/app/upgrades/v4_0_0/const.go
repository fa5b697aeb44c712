package v4_0_0

import (
	storetypes "cosmossdk.io/store/types"

	"github.com/lumen-labs/lumen/app/upgrades"
)

const UpgradeName = "v4.0.0"

var Upgrade = upgrades.Upgrade{
	UpgradeName:          UpgradeName,
	CreateUpgradeHandler: CreateUpgradeHandler,
	StoreUpgrades:        storetypes.StoreUpgrades{},
}
