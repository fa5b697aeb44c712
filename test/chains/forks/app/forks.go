package app

import (
	sdk "github.com/cosmos/cosmos-sdk/types"
	stakingtypes "github.com/cosmos/cosmos-sdk/x/staking/types"
)

const (
	firstFiringHeight  = 712_000
	secondFiringHeight = 1_388_000
)

// runForks changes the state at heights all validators have agreed on.
func (app *App) runForks(ctx sdk.Context) {
	switch ctx.BlockHeight() {
	case firstFiringHeight:
		app.fixUnbondingTime(ctx)
	case secondFiringHeight:
		app.fixMaxValidators(ctx, 125)
	default:
		// do nothing
	}
}

func (app *App) fixUnbondingTime(ctx sdk.Context) {
	params := app.StakingKeeper.GetParams(ctx)
	params.UnbondingTime = stakingtypes.DefaultUnbondingTime
	app.StakingKeeper.SetParams(ctx, params)
}

func (app *App) fixMaxValidators(ctx sdk.Context, validators uint32) {
	params := app.StakingKeeper.GetParams(ctx)
	params.MaxValidators = validators
	app.StakingKeeper.SetParams(ctx, params)
}
