module github.com/kiln/kiln

go 1.16

require (
	github.com/cosmos/cosmos-sdk v0.42.11
	github.com/spf13/cast v1.3.1
	github.com/spf13/cobra v1.1.3
	github.com/tendermint/tendermint v0.34.14
	github.com/tendermint/tm-db v0.6.4
)
