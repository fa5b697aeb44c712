package types

import "encoding/json"

// Genesis is the module's state as a genesis file holds it.
type Genesis struct {
	Count uint64 `json:"count"`
}

func ParseGenesis(bz json.RawMessage) (genesis Genesis, err error) {
	err = json.Unmarshal(bz, &genesis)
	return genesis, err
}

func (genesis Genesis) JSON() json.RawMessage {
	bz, err := json.Marshal(genesis)
	if err != nil {
		panic(err)
	}
	return bz
}
