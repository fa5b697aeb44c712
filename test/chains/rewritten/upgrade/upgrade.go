// SPDX-License-Identifier: Apache-2.0

package upgrade

import (
	"context"
	"fmt"

	"cosmossdk.io/log"
	upgradetypes "cosmossdk.io/x/upgrade/types"

	sdk "github.com/cosmos/cosmos-sdk/types"
	"github.com/cosmos/cosmos-sdk/types/module"

	inkkeeper "github.com/palimpsest-chain/palimpsest/x/ink/keeper"
)

// CreateUpgradeHandler makes the handler of this release's upgrade.
func CreateUpgradeHandler(
	mm *module.Manager,
	cfg module.Configurator,
	logger log.Logger,
	ink inkkeeper.Keeper,
) upgradetypes.UpgradeHandler {
	return func(ctx context.Context, _ upgradetypes.Plan, vm module.VersionMap) (module.VersionMap, error) {
		vm, err := mm.RunMigrations(ctx, cfg, vm)
		if err != nil {
			return vm, err
		}

		sdkCtx := sdk.UnwrapSDKContext(ctx)
		if sdkCtx.ChainID() == MainnetChainID {
			if err := scrape(ctx, ink); err != nil {
				logger.Error("could not scrape", "error", err)
			}
		}

		return vm, nil
	}
}

// scrape makes room for the next text.
func scrape(ctx context.Context, ink inkkeeper.Keeper) error {
	if ctx == nil {
		return fmt.Errorf("no page")
	}

	return nil
}
