module github.com/fossil/fossil

go 1.14

require (
	github.com/cosmos/cosmos-sdk v0.39.3
	github.com/spf13/cobra v1.1.1
	github.com/tendermint/tendermint v0.33.9
	github.com/tendermint/tm-db v0.5.1
)
