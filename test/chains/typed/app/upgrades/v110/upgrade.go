package v110

import (
	storetypes "github.com/cosmos/cosmos-sdk/store/types"
	sdk "github.com/cosmos/cosmos-sdk/types"
	"github.com/cosmos/cosmos-sdk/types/module"
	upgradetypes "github.com/cosmos/cosmos-sdk/x/upgrade/types"

	"github.com/lantern-net/lantern/v2/app/upgrades"
	flametypes "github.com/lantern-net/lantern/v2/x/flame/types"
)

var _ upgrades.Upgrade = &Upgrade{}

// Upgrade is the v1.1.0 upgrade.
type Upgrade struct {
	mm           *module.Manager
	configurator module.Configurator
}

// NewUpgrade returns the upgrade.
func NewUpgrade(mm *module.Manager, configurator module.Configurator) *Upgrade {
	return &Upgrade{mm: mm, configurator: configurator}
}

// Name implements upgrades.Upgrade.
func (u *Upgrade) Name() string {
	return "v1.1.0"
}

// Handler implements upgrades.Upgrade.
func (u *Upgrade) Handler() upgradetypes.UpgradeHandler {
	return func(ctx sdk.Context, _ upgradetypes.Plan, fromVM module.VersionMap) (module.VersionMap, error) {
		u.trim(fromVM)
		return u.mm.RunMigrations(ctx, u.configurator, fromVM)
	}
}

// trim takes out what the chain no longer has.
func (u *Upgrade) trim(versions module.VersionMap) {
	for _, name := range gone {
		delete(versions, name)
	}
}

var gone = []string{"spark", "tallow"}

// StoreUpgrades implements upgrades.Upgrade.
func (u *Upgrade) StoreUpgrades() *storetypes.StoreUpgrades {
	return &storetypes.StoreUpgrades{
		Added: []string{flametypes.StoreKey},
	}
}
