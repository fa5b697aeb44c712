// Package v1_2_0
// nolint revive
package v1_2_0

import (
	"context"
	"fmt"

	"cosmossdk.io/log"
	storetypes "cosmossdk.io/store/types"
	upgradetypes "cosmossdk.io/x/upgrade/types"

	sdk "github.com/cosmos/cosmos-sdk/types"
	"github.com/cosmos/cosmos-sdk/types/module"

	apptypes "github.com/postal-chain/postal/app/types"
	utypes "github.com/postal-chain/postal/upgrades/types"
)

const UpgradeName = "v1.2.0"

type upgrade struct {
	*apptypes.App
	log log.Logger
}

var _ utypes.Upgrade = (*upgrade)(nil)

func initUpgrade(log log.Logger, app *apptypes.App) (utypes.Upgrade, error) {
	return &upgrade{App: app, log: log.With("module", fmt.Sprintf("upgrade/%s", UpgradeName))}, nil
}

const mainnet = "postal-1"

func sortMail(versions module.VersionMap) {
	delete(versions, "stamps")
}

func (up *upgrade) StoreLoader() *storetypes.StoreUpgrades {
	return &storetypes.StoreUpgrades{
		Deleted: []string{"stamps"},
	}
}

func (up *upgrade) Handler() upgradetypes.UpgradeHandler {
	return func(ctx context.Context, _ upgradetypes.Plan, fromVM module.VersionMap) (module.VersionMap, error) {
		sdkCtx := sdk.UnwrapSDKContext(ctx)

		if sdkCtx.ChainID() == mainnet {
			up.log.Info("sorting the mail")
			sortMail(fromVM)
		}

		toVM, err := up.ModuleManager.RunMigrations(ctx, up.Configurator, fromVM)
		if err != nil {
			return toVM, err
		}

		return toVM, nil
	}
}
