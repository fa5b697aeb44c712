package app

import (
	"github.com/cosmos/cosmos-sdk/baseapp"
	storetypes "github.com/cosmos/cosmos-sdk/store/types"
	sdk "github.com/cosmos/cosmos-sdk/types"
	"github.com/cosmos/cosmos-sdk/types/module"
	upgradetypes "github.com/cosmos/cosmos-sdk/x/upgrade/types"

	cranetypes "github.com/harbour/harbour/x/crane/types"
)

// UpgradeName is the name of this release's plan.
const UpgradeName = "v2"

// registerUpgradeHandlers registers the handler, and says whether it put a store loader in place.
func (app *App) registerUpgradeHandlers(maxVersion int64) (loaderSet bool) {
	app.UpgradeKeeper.SetUpgradeHandler(UpgradeName, func(ctx sdk.Context, _ upgradetypes.Plan, vm module.VersionMap) (module.VersionMap, error) {
		return app.mm.RunMigrations(ctx, app.configurator, vm)
	})

	info, err := app.UpgradeKeeper.ReadUpgradeInfoFromDisk()
	if err != nil {
		panic(err)
	}
	if info.Name == UpgradeName && !app.UpgradeKeeper.IsSkipHeight(info.Height) {
		stores := storetypes.StoreUpgrades{
			Added: []string{cranetypes.StoreKey},
		}
		app.SetStoreLoader(maxVersionUpgradeStoreLoader(maxVersion, info.Height, &stores))
		return true
	}
	return false
}

// maxVersionUpgradeStoreLoader loads no version beyond the given one.
func maxVersionUpgradeStoreLoader(maxVersion, upgradeHeight int64, stores *storetypes.StoreUpgrades) baseapp.StoreLoader {
	return func(ms sdk.CommitMultiStore) error {
		if upgradeHeight == ms.LastCommitID().Version+1 && len(stores.Added)+len(stores.Deleted)+len(stores.Renamed) > 0 {
			return ms.LoadLatestVersionAndUpgrade(stores)
		}
		return maxVersionStoreLoader(maxVersion)(ms)
	}
}

func maxVersionStoreLoader(maxVersion int64) baseapp.StoreLoader {
	return func(ms sdk.CommitMultiStore) error {
		return ms.LoadVersion(maxVersion)
	}
}
