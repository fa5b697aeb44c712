package app

import (
	"encoding/json"
	"errors"

	servertypes "github.com/cosmos/cosmos-sdk/server/types"
)

// mustHaveOracle stops a node whose operator has not told it where its prices come from.
func mustHaveOracle(options servertypes.AppOptions) {
	if address, _ := options.Get("oracle.address").(string); address == "" {
		panic("oracle.address is not set in app.toml")
	}
}

// haveAssets says what the chain's own init does not write.
func haveAssets(genesis map[string]json.RawMessage) error {
	if _, ok := genesis["assets"]; !ok {
		return errors.New("asset uusdc not found")
	}
	return nil
}
