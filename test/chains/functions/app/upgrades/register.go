package upgrades

import (
	"github.com/cosmos/cosmos-sdk/types/module"
	authkeeper "github.com/cosmos/cosmos-sdk/x/auth/keeper"
	upgradekeeper "github.com/cosmos/cosmos-sdk/x/upgrade/keeper"

	v2 "github.com/quorum/quorum/app/upgrades/v2"
	v3 "github.com/quorum/quorum/app/upgrades/v3"
)

// RegisterUpgradeHandlers registers the handlers of all upgrades.
func RegisterUpgradeHandlers(mm *module.Manager, configurator *module.Configurator, accounts *authkeeper.AccountKeeper, upgrades *upgradekeeper.Keeper) {
	if mm == nil || configurator == nil || accounts == nil || upgrades == nil {
		panic("nil argument")
	}
	upgrades.SetUpgradeHandler(v2.V1ToV2PlanName, v2.GetV2UpgradeHandler(mm, configurator, accounts))
	upgrades.SetUpgradeHandler(v3.V2ToV3PlanName, v3.GetV3UpgradeHandler(mm, configurator, accounts))
}
