//go:build mainnet

package app

import (
	"github.com/fork/fork/app/upgrades"
	"github.com/fork/fork/app/upgrades/v2"
	"github.com/fork/fork/app/upgrades/v3"
)

func init() {
	// what the main network runs
	Upgrades = []upgrades.Upgrade{
		v2.Upgrade,
		v3.Upgrade,
	}
}
