package v2rc0

import (
	storetypes "github.com/cosmos/cosmos-sdk/store/types"
	sdk "github.com/cosmos/cosmos-sdk/types"
	"github.com/cosmos/cosmos-sdk/types/module"
	bankkeeper "github.com/cosmos/cosmos-sdk/x/bank/keeper"
	upgradetypes "github.com/cosmos/cosmos-sdk/x/upgrade/types"

	"github.com/mizar/mizar/app/upgrades"
	orbittypes "github.com/mizar/mizar/x/orbit/types"
)

// UpgradeName is the plan's name.
const UpgradeName = "v2.0.0-rc0"

// Upgrade runs the migrations and adds the orbit store.
var Upgrade = upgrades.Upgrade{
	UpgradeName:          UpgradeName,
	CreateUpgradeHandler: CreateUpgradeHandler,
	StoreUpgrades: storetypes.StoreUpgrades{
		Added: []string{orbittypes.StoreKey},
	},
}

// CreateUpgradeHandler returns the handler of v2.0.0-rc0.
func CreateUpgradeHandler(mm *module.Manager, configurator module.Configurator, _ bankkeeper.Keeper) upgradetypes.UpgradeHandler {
	return func(ctx sdk.Context, _ upgradetypes.Plan, fromVM module.VersionMap) (module.VersionMap, error) {
		return mm.RunMigrations(ctx, configurator, fromVM)
	}
}
