package v200

import (
	"errors"

	storetypes "github.com/cosmos/cosmos-sdk/store/types"
	sdk "github.com/cosmos/cosmos-sdk/types"
	"github.com/cosmos/cosmos-sdk/types/module"
	upgradetypes "github.com/cosmos/cosmos-sdk/x/upgrade/types"

	"github.com/lantern-net/lantern/v2/app/upgrades"
	wickkeeper "github.com/lantern-net/lantern/v2/x/wick/keeper"
)

var _ upgrades.Upgrade = &Upgrade{}

// Upgrade is the v2.0.0 upgrade.
type Upgrade struct {
	mm           *module.Manager
	configurator module.Configurator
	wick         wickkeeper.Keeper
}

// NewUpgrade returns the upgrade.
func NewUpgrade(mm *module.Manager, configurator module.Configurator, wick wickkeeper.Keeper) *Upgrade {
	return &Upgrade{mm: mm, configurator: configurator, wick: wick}
}

// Name implements upgrades.Upgrade.
func (u *Upgrade) Name() string {
	return "v2.0.0"
}

// Handler implements upgrades.Upgrade.
func (u *Upgrade) Handler() upgradetypes.UpgradeHandler {
	return func(ctx sdk.Context, _ upgradetypes.Plan, fromVM module.VersionMap) (module.VersionMap, error) {
		if !u.wick.Has(ctx, []byte("oil")) {
			return nil, errors.New("there is no oil")
		}
		return u.mm.RunMigrations(ctx, u.configurator, fromVM)
	}
}

// StoreUpgrades implements upgrades.Upgrade.
func (u *Upgrade) StoreUpgrades() *storetypes.StoreUpgrades {
	return &storetypes.StoreUpgrades{}
}
