module github.com/lumen-labs/lumen

go 1.23.2

require (
	cosmossdk.io/core v0.11.3
	cosmossdk.io/log v1.6.0
	cosmossdk.io/store v1.1.2
	cosmossdk.io/x/upgrade v0.2.0
	github.com/cometbft/cometbft v0.38.17
	github.com/cosmos/cosmos-db v1.1.1
	github.com/cosmos/cosmos-sdk v0.53.4
	github.com/spf13/cast v1.9.2
	github.com/spf13/cobra v1.9.1
)
