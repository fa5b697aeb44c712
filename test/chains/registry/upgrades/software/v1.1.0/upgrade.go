// Package v1_1_0
// nolint revive
package v1_1_0

import (
	"context"
	"fmt"

	"cosmossdk.io/log"
	storetypes "cosmossdk.io/store/types"
	upgradetypes "cosmossdk.io/x/upgrade/types"

	"github.com/cosmos/cosmos-sdk/types/module"

	apptypes "github.com/postal-chain/postal/app/types"
	utypes "github.com/postal-chain/postal/upgrades/types"
	parceltypes "github.com/postal-chain/postal/x/parcel/types"
)

const UpgradeName = "v1.1.0"

type upgrade struct {
	*apptypes.App
	log log.Logger
}

var _ utypes.Upgrade = (*upgrade)(nil)

func initUpgrade(log log.Logger, app *apptypes.App) (utypes.Upgrade, error) {
	return &upgrade{App: app, log: log.With("module", fmt.Sprintf("upgrade/%s", UpgradeName))}, nil
}

func (up *upgrade) StoreLoader() *storetypes.StoreUpgrades {
	return &storetypes.StoreUpgrades{
		Added: []string{parceltypes.StoreKey},
	}
}

func (up *upgrade) Handler() upgradetypes.UpgradeHandler {
	return func(ctx context.Context, _ upgradetypes.Plan, fromVM module.VersionMap) (module.VersionMap, error) {
		return up.ModuleManager.RunMigrations(ctx, up.Configurator, fromVM)
	}
}
