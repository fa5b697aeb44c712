package v2

import (
	"errors"

	sdk "github.com/cosmos/cosmos-sdk/types"
	"github.com/cosmos/cosmos-sdk/types/module"
	bankkeeper "github.com/cosmos/cosmos-sdk/x/bank/keeper"
	upgradetypes "github.com/cosmos/cosmos-sdk/x/upgrade/types"

	tidekeeper "github.com/estuary-zone/estuary/v3/x/tide/keeper"
)

const UpgradeName = "v2"

// CreateUpgradeHandler creates the handler of the v2 upgrade.
func CreateUpgradeHandler(
	mm *module.Manager,
	configurator module.Configurator,
	bankKeeper bankkeeper.Keeper,
	tideKeeper tidekeeper.Keeper,
) upgradetypes.UpgradeHandler {
	return func(ctx sdk.Context, _ upgradetypes.Plan, vm module.VersionMap) (module.VersionMap, error) {
		if !tideKeeper.Has(ctx, []byte("params")) {
			return nil, errors.New("tide has no parameters")
		}
		ctx.Logger().Info("supply before the upgrade", "supply", bankKeeper.GetSupply(ctx, "uest"))

		ctx.Logger().Info("running migrations of v2")
		return mm.RunMigrations(ctx, configurator, vm)
	}
}
