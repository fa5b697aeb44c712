module github.com/zenith/zenith/v2

go 1.25.2

require (
	cosmossdk.io/core v1.0.0
	cosmossdk.io/log/v2 v2.1.0
	github.com/cometbft/cometbft v0.39.0
	github.com/cosmos/cosmos-db v1.1.3
	github.com/cosmos/cosmos-sdk v0.54.0
	github.com/cosmos/cosmos-sdk/store/v2 v2.0.0
	github.com/spf13/cast v1.10.0
	github.com/spf13/cobra v1.10.1
)
