package v3

import (
	"errors"

	storetypes "github.com/cosmos/cosmos-sdk/store/types"

	"example.com/tiny/x/counter/types"
)

var oldCountKey = []byte{1}

// moveCount moves the count to its new key.
func moveCount(kv storetypes.KVStore) error {
	bz := kv.Get(oldCountKey)
	if bz == nil {
		return errors.New("counter: there is no count under the old key")
	}
	kv.Delete(oldCountKey)
	kv.Set(types.CountKey, bz)
	return nil
}
