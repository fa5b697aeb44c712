package app

import (
	"fmt"

	upgradetypes "cosmossdk.io/x/upgrade/types"

	"github.com/pebble-org/pebble/app/upgrades"
)

// allUpgrades lists the upgrades in the order they were released.
var allUpgrades = []upgrades.Upgrade{
	// v1.0.0 was the genesis binary
	upgrades.Upgrade_1_1_0,
	upgrades.Upgrade_1_2_0,
}

// setUpgrades registers all handlers, and the stores of the upgrade that is due.
func (app *App) setUpgrades() error {
	for _, u := range allUpgrades {
		app.UpgradeKeeper.SetUpgradeHandler(u.PlanName, u.CreateUpgradeHandler(app.ModuleManager, app.configurator))
	}

	upgradePlan, err := app.UpgradeKeeper.ReadUpgradeInfoFromDisk()
	if err != nil {
		return fmt.Errorf("reading the pending upgrade: %w", err)
	}
	if app.UpgradeKeeper.IsSkipHeight(upgradePlan.Height) {
		return nil
	}
	for _, u := range allUpgrades {
		if upgradePlan.Name == u.PlanName {
			app.SetStoreLoader(upgradetypes.UpgradeStoreLoader(upgradePlan.Height, &u.StoreUpgrades))
			break
		}
	}
	return nil
}
