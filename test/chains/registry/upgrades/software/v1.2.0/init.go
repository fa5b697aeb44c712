// Package v1_2_0
// nolint revive
package v1_2_0

import (
	utypes "github.com/postal-chain/postal/upgrades/types"
)

func init() {
	utypes.RegisterUpgrade(UpgradeName, initUpgrade)

	initSteps()
}
