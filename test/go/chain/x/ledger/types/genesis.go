package types

import (
	"encoding/json"
	"errors"
)

// Genesis is the module's state as a genesis file holds it.
type Genesis struct {
	Value string `json:"value"`
}

func ParseGenesis(bz json.RawMessage) (genesis Genesis, err error) {
	if err = json.Unmarshal(bz, &genesis); err == nil && genesis.Value == "" {
		err = errors.New("the value is missing")
	}
	return genesis, err
}

func (genesis Genesis) JSON() json.RawMessage {
	bz, err := json.Marshal(genesis)
	if err != nil {
		panic(err)
	}
	return bz
}
