module github.com/foundry-chain/foundry

go 1.18

require (
	github.com/cosmos/cosmos-sdk v0.45.16
	github.com/spf13/cast v1.5.0
	github.com/spf13/cobra v1.6.1
	github.com/tendermint/tendermint v0.34.27
	github.com/tendermint/tm-db v0.6.7
)
