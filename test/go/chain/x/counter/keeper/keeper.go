// Package keeper counts blocks in the module's store.
package keeper

import (
	"context"
	"encoding/binary"
	"fmt"

	"cosmossdk.io/core/store"
	sdk "github.com/cosmos/cosmos-sdk/types"

	"example.com/tiny/x/counter/types"
)

type Keeper struct {
	storeService store.KVStoreService
}

func NewKeeper(storeService store.KVStoreService) Keeper {
	return Keeper{storeService: storeService}
}

func (k Keeper) Count(ctx context.Context) (uint64, error) {
	bz, err := k.storeService.OpenKVStore(ctx).Get(types.CountKey)
	if err != nil {
		return 0, err
	}
	if len(bz) != 8 {
		return 0, fmt.Errorf("counter: the count has %d bytes, want 8", len(bz))
	}
	return binary.BigEndian.Uint64(bz), nil
}

func (k Keeper) SetCount(ctx context.Context, count uint64) error {
	return k.storeService.OpenKVStore(ctx).Set(types.CountKey, binary.BigEndian.AppendUint64(nil, count))
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
	bz, err := m.keeper.storeService.OpenKVStore(ctx).Get(types.CountKey)
	if err != nil {
		return err
	}
	if len(bz) != 4 {
		return fmt.Errorf("counter: the count has %d bytes, want 4", len(bz))
	}
	return m.keeper.SetCount(ctx, uint64(binary.BigEndian.Uint32(bz)))
}
