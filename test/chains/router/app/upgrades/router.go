package upgrades

// UpgradeRouter finds an upgrade by its plan's name.
type UpgradeRouter struct {
	upgrades map[string]Upgrade
}

// NewUpgradeRouter returns a router that knows no upgrade.
func NewUpgradeRouter() *UpgradeRouter {
	return &UpgradeRouter{upgrades: map[string]Upgrade{}}
}

// Register adds an upgrade.
func (r *UpgradeRouter) Register(u Upgrade) *UpgradeRouter {
	if _, taken := r.upgrades[u.UpgradeName]; taken {
		panic(u.UpgradeName + " is registered already")
	}
	r.upgrades[u.UpgradeName] = u
	return r
}

// Routers returns all upgrades by name.
func (r *UpgradeRouter) Routers() map[string]Upgrade {
	return r.upgrades
}

// UpgradeInfo returns the upgrade of that name.
func (r *UpgradeRouter) UpgradeInfo(planName string) Upgrade {
	return r.upgrades[planName]
}
