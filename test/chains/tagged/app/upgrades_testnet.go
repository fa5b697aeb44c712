//go:build testnet

package app

import (
	"github.com/fork/fork/app/upgrades"
	"github.com/fork/fork/app/upgrades/v2"
	"github.com/fork/fork/app/upgrades/v2rc1"
	"github.com/fork/fork/app/upgrades/v3"
)

func init() {
	// what the test network runs
	Upgrades = []upgrades.Upgrade{
		v2rc1.Upgrade,
		v2.Upgrade,
		v3.Upgrade,
	}
}
