module github.com/harbour/harbour

go 1.19

require (
	github.com/cosmos/cosmos-sdk v0.46.16
	github.com/spf13/cast v1.5.1
	github.com/spf13/cobra v1.7.0
	github.com/tendermint/tendermint v0.34.29
	github.com/tendermint/tm-db v0.6.7
)
