package upgrades

import (
	// nolint: revive
	_ "github.com/postal-chain/postal/upgrades/software/v1.1.0"
	// nolint: revive
	_ "github.com/postal-chain/postal/upgrades/software/v1.2.0"
)
