package keeper

import "context"

type Keeper struct{}

func (Keeper) SetParams(ctx context.Context, limit uint64) error { return nil }
