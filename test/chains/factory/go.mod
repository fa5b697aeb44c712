module github.com/alloy-mill/alloy

go 1.20

require (
	github.com/cometbft/cometbft v0.37.15
	github.com/cometbft/cometbft-db v0.14.1
	github.com/cosmos/cosmos-sdk v0.47.17
	github.com/spf13/cast v1.6.0
	github.com/spf13/cobra v1.8.0
)
