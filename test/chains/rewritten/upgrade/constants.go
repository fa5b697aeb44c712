// SPDX-License-Identifier: Apache-2.0

package upgrade

// UpgradeName is the name of this release's plan.
const UpgradeName = "v3.1.0"

// MainnetChainID is the chain-id of the main network.
const MainnetChainID = "palimpsest-1"
