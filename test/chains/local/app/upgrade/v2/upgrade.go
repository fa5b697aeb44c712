package v2

import (
	storetypes "github.com/cosmos/cosmos-sdk/store/types"
	sdk "github.com/cosmos/cosmos-sdk/types"
	"github.com/cosmos/cosmos-sdk/types/module"
	upgradetypes "github.com/cosmos/cosmos-sdk/x/upgrade/types"

	"github.com/coral/coral/app/upgrade"
	reefkeeper "github.com/coral/coral/x/reef/keeper"
)

// Name is the name of the upgrade.
const Name = "v2"

// New makes the upgrade v2.
func New(mm *module.Manager, configurator module.Configurator, keeper reefkeeper.Keeper) upgrade.Upgrade {
	return upgrade.Upgrade{
		Name:          Name,
		StoreUpgrades: storetypes.StoreUpgrades{},
		Handler: func(ctx sdk.Context, _ upgradetypes.Plan, vm module.VersionMap) (module.VersionMap, error) {
			vm, err := mm.RunMigrations(ctx, configurator, vm)
			if err != nil {
				return nil, err
			}
			ctx.Logger().Info("grown", "has", keeper.Has(ctx, []byte("root")))
			return vm, nil
		},
	}
}
