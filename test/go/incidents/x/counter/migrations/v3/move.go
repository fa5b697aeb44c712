package v3

import (
	"bytes"
	"errors"
	"fmt"

	"cosmossdk.io/core/store"

	"example.com/tiny/x/counter/types"
)

// What networks have in the store and fresh chains do not.
const (
	markPrefix   = 0x05
	ownerPrefix  = 0x06
	numberPrefix = 0x07
	pairPrefix   = 0x08
)

var oldCountKey = []byte{1}

// moveCount moves the count to its new key, and what else there is to its new layout.
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
	for _, step := range []func(store.KVStore) error{readMarks, numberOwners, countPairs} {
		if err := step(kv); err != nil {
			return err
		}
	}
	return kv.Set(types.CountKey, bz)
}

// readMarks wants every mark to have eight bytes; a key that was left over has not.
func readMarks(kv store.KVStore) error {
	marks, err := entriesBelow(kv, markPrefix)
	if err != nil {
		return err
	}
	for _, mark := range marks {
		if len(mark.value) != 8 {
			return fmt.Errorf("counter: the mark %x has %d bytes, want 8", mark.key, len(mark.value))
		}
	}
	return nil
}

// numberOwners numbers the owners in the order of a map, which differs from node to node.
func numberOwners(kv store.KVStore) error {
	entries, err := entriesBelow(kv, ownerPrefix)
	if err != nil {
		return err
	}
	owners := map[string]bool{}
	for _, entry := range entries {
		owners[string(entry.key[1:])] = true
	}
	number := byte(0)
	for owner := range owners {
		if err := kv.Set(append([]byte{numberPrefix}, owner...), []byte{number}); err != nil {
			return err
		}
		number++
	}
	return nil
}

// countPairs reads all entries for each of them.
func countPairs(kv store.KVStore) error {
	entries, err := entriesBelow(kv, pairPrefix)
	if err != nil {
		return err
	}
	for _, entry := range entries {
		others, err := entriesBelow(kv, pairPrefix)
		if err != nil {
			return err
		}
		pairs := 0
		for _, other := range others {
			if bytes.Equal(entry.value, other.value) {
				pairs++
			}
		}
		if pairs == 0 {
			return errors.New("counter: an entry does not equal itself")
		}
	}
	return nil
}

type entry struct {
	key, value []byte
}

func entriesBelow(kv store.KVStore, prefix byte) ([]entry, error) {
	found, err := kv.Iterator([]byte{prefix}, []byte{prefix + 1})
	if err != nil {
		return nil, err
	}
	defer found.Close()
	var entries []entry
	for ; found.Valid(); found.Next() {
		entries = append(entries, entry{key: found.Key(), value: found.Value()})
	}
	return entries, nil
}
