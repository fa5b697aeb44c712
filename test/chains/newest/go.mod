module github.com/orchard-net/orchard

go 1.22

require (
	cosmossdk.io/core v0.11.1
	cosmossdk.io/log v1.4.1
	cosmossdk.io/store v1.1.1
	cosmossdk.io/x/upgrade v0.1.4
	github.com/cometbft/cometbft v0.38.17
	github.com/cosmos/cosmos-db v1.1.1
	github.com/cosmos/cosmos-sdk v0.50.13
	github.com/spf13/cast v1.7.1
	github.com/spf13/cobra v1.8.1
)
