package app

import (
	"context"
	"fmt"
	"strings"

	upgradetypes "cosmossdk.io/x/upgrade/types"

	"github.com/cosmos/cosmos-sdk/types/module"
	"github.com/cosmos/cosmos-sdk/version"
)

// upgradeVersion is the plan's name: the release this binary was built from, without its patch number.
func upgradeVersion(release string) string {
	numbers := strings.SplitN(strings.TrimPrefix(release, "v"), ".", 3)
	if len(numbers) < 2 {
		return release
	}
	return fmt.Sprintf("v%s.%s", numbers[0], numbers[1])
}

func (app *App) setUpgradeHandler() {
	planName := upgradeVersion(version.Version)
	app.UpgradeKeeper.SetUpgradeHandler(planName, func(ctx context.Context, _ upgradetypes.Plan, vm module.VersionMap) (module.VersionMap, error) {
		return app.ModuleManager.RunMigrations(ctx, app.configurator, vm)
	})
}
