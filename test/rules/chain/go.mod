module example.org/tally

go 1.23

require (
	cosmossdk.io/store v1.1.1
	cosmossdk.io/x/upgrade v0.1.4
	github.com/cosmos/cosmos-sdk v0.50.13
)
