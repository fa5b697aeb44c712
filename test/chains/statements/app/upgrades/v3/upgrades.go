package v3

import (
	"errors"

	sdk "github.com/cosmos/cosmos-sdk/types"
	"github.com/cosmos/cosmos-sdk/types/module"
	upgradetypes "github.com/cosmos/cosmos-sdk/x/upgrade/types"

	tidekeeper "github.com/estuary-zone/estuary/v3/x/tide/keeper"
)

const UpgradeName = "v3"

// CreateUpgradeHandler creates the handler of the v3 upgrade.
func CreateUpgradeHandler(
	mm *module.Manager,
	configurator module.Configurator,
	tideKeeper tidekeeper.Keeper,
) upgradetypes.UpgradeHandler {
	return func(ctx sdk.Context, _ upgradetypes.Plan, vm module.VersionMap) (module.VersionMap, error) {
		if !tideKeeper.Has(ctx, []byte("params")) {
			return nil, errors.New("tide has no parameters")
		}

		ctx.Logger().Info("running migrations of v3")
		return mm.RunMigrations(ctx, configurator, vm)
	}
}
