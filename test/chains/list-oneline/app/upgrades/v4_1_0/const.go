package v4_1_0

import (
	storetypes "cosmossdk.io/store/types"

	epochstypes "github.com/cosmos/cosmos-sdk/x/epochs/types"

	"github.com/lumen-labs/lumen/app/upgrades"
)

const UpgradeName = "v4.1.0"

var Upgrade = upgrades.Upgrade{
	UpgradeName:          UpgradeName,
	CreateUpgradeHandler: CreateUpgradeHandler,
	StoreUpgrades:        storetypes.StoreUpgrades{Added: []string{epochstypes.StoreKey}},
}
