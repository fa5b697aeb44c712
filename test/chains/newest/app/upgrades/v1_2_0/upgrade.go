package v1_2_0

import (
	"context"

	storetypes "cosmossdk.io/store/types"
	upgradetypes "cosmossdk.io/x/upgrade/types"

	"github.com/cosmos/cosmos-sdk/types/module"

	"github.com/orchard-net/orchard/app/upgrades"
)

const upgradeName = "v1.2.0"

// RegisterUpgradeHandlers registers the handler of this upgrade.
func RegisterUpgradeHandlers(app upgrades.App) {
	// the store goes only when the node stands at the height of this upgrade
	if info, err := app.GetUpgradeKeeper().ReadUpgradeInfoFromDisk(); err == nil {
		if info.Name == upgradeName && !app.GetUpgradeKeeper().IsSkipHeight(info.Height) {
			storeUpgrades := storetypes.StoreUpgrades{
				Deleted: []string{"cider"},
			}

			app.SetStoreLoader(upgradetypes.UpgradeStoreLoader(info.Height, &storeUpgrades))
		}
	}

	app.GetUpgradeKeeper().SetUpgradeHandler(
		upgradeName,
		func(ctx context.Context, _ upgradetypes.Plan, vm module.VersionMap) (module.VersionMap, error) {
			if err := press(ctx); err != nil {
				return nil, err
			}

			return vm, nil
		},
	)
}
