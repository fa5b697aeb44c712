package keeper

import (
	"errors"

	sdk "github.com/cosmos/cosmos-sdk/types"

	"example.com/tiny/x/counter/types"
)

var oldCountKey = []byte{1}

// Migrate2to3 moves the count under another key.
func (m Migrator) Migrate2to3(ctx sdk.Context) error {
	kv := m.keeper.storeService.OpenKVStore(ctx)
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
