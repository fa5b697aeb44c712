// SPDX-License-Identifier: Apache-2.0

package upgrade

import (
	storetypes "cosmossdk.io/store/types"
	upgradetypes "cosmossdk.io/x/upgrade/types"

	"github.com/cosmos/cosmos-sdk/baseapp"

	inktypes "github.com/palimpsest-chain/palimpsest/x/ink/types"
)

// CreateStoreLoader makes the store loader of this release's upgrade.
func CreateStoreLoader(upgradeHeight int64) baseapp.StoreLoader {
	storeUpgrades := storetypes.StoreUpgrades{
		Added: []string{inktypes.StoreKey},
	}

	return upgradetypes.UpgradeStoreLoader(upgradeHeight, &storeUpgrades)
}
