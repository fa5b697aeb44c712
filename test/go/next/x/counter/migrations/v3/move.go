package v3

import (
	"errors"

	"cosmossdk.io/core/store"

	"example.com/tiny/x/counter/types"
)

var oldCountKey = []byte{1}

// moveCount moves the count to its new key.
func moveCount(kv store.KVStore) error {
	bz, err := kv.Get(oldCountKey)
	if err != nil {
		return err
	}
	if bz == nil {
		return errors.New("counter: there is no count under the old key")
	}
	if err := kv.Delete(oldCountKey); err != nil {
		return err
	}
	return kv.Set(types.CountKey, bz)
}
