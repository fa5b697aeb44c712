package app

import (
	"encoding/json"

	cmtproto "github.com/cometbft/cometbft/proto/tendermint/types"
	servertypes "github.com/cosmos/cosmos-sdk/server/types"
	"github.com/cosmos/cosmos-sdk/x/staking"
)

// Export gives the state as a genesis: of the last block where the height is -1.
// The state of another height must not have been loaded yet.
func (app *App) Export(height int64, modules []string) (servertypes.ExportedApp, error) {
	if height != -1 {
		if err := app.LoadVersion(height); err != nil {
			return servertypes.ExportedApp{}, err
		}
	}
	ctx := app.NewContext(true, cmtproto.Header{Height: app.LastBlockHeight()})
	genesis := app.ModuleManager.ExportGenesisForModules(ctx, app.appCodec, modules)
	state, err := json.MarshalIndent(genesis, "", "  ")
	if err != nil {
		return servertypes.ExportedApp{}, err
	}
	validators, err := staking.WriteValidators(ctx, app.StakingKeeper)
	return servertypes.ExportedApp{
		AppState:        state,
		Validators:      validators,
		Height:          app.LastBlockHeight() + 1,
		ConsensusParams: app.GetConsensusParams(ctx),
	}, err
}
