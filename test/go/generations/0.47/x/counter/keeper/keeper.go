// Package keeper counts blocks in the module's store.
package keeper

import (
	"encoding/binary"
	"fmt"

	storetypes "github.com/cosmos/cosmos-sdk/store/types"
	sdk "github.com/cosmos/cosmos-sdk/types"

	"example.com/tiny/x/counter/types"
)

type Keeper struct {
	storeKey storetypes.StoreKey
}

func NewKeeper(storeKey storetypes.StoreKey) Keeper {
	return Keeper{storeKey: storeKey}
}

func (k Keeper) Count(ctx sdk.Context) (uint64, error) {
	bz := ctx.KVStore(k.storeKey).Get(types.CountKey)
	if len(bz) != 8 {
		return 0, fmt.Errorf("counter: the count has %d bytes, want 8", len(bz))
	}
	return binary.BigEndian.Uint64(bz), nil
}

func (k Keeper) SetCount(ctx sdk.Context, count uint64) {
	ctx.KVStore(k.storeKey).Set(types.CountKey, binary.BigEndian.AppendUint64(nil, count))
}

// Migrator runs the module's in-place migrations.
type Migrator struct {
	keeper Keeper
}

func NewMigrator(keeper Keeper) Migrator {
	return Migrator{keeper: keeper}
}

// Migrate1to2 widens the count from 4 bytes to 8.
func (m Migrator) Migrate1to2(ctx sdk.Context) error {
	bz := ctx.KVStore(m.keeper.storeKey).Get(types.CountKey)
	if len(bz) != 4 {
		return fmt.Errorf("counter: the count has %d bytes, want 4", len(bz))
	}
	m.keeper.SetCount(ctx, uint64(binary.BigEndian.Uint32(bz)))
	return nil
}
