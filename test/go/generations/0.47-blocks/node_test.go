package app

import (
	"path/filepath"
	"testing"

	dbm "github.com/cometbft/cometbft-db"
	abci "github.com/cometbft/cometbft/abci/types"
	"github.com/cometbft/cometbft/libs/log"
	cmtproto "github.com/cometbft/cometbft/proto/tendermint/types"
	simtestutil "github.com/cosmos/cosmos-sdk/testutil/sims"
	sdk "github.com/cosmos/cosmos-sdk/types"
	"github.com/cosmos/cosmos-sdk/types/module"
	upgradetypes "github.com/cosmos/cosmos-sdk/x/upgrade/types"
)

func open(t *testing.T) *App {
	dir := home(t)
	db, err := dbm.NewDB("application", dbm.GoLevelDBBackend, filepath.Join(dir, "data"))
	if err != nil {
		t.Fatal(err)
	}
	return New(log.TestingLogger(), db, nil, true, simtestutil.NewAppOptionsWithFlagHome(dir))
}

func initChain(chain *App, state []byte) error {
	chain.InitChain(abci.RequestInitChain{
		Time: genesisTime, ConsensusParams: simtestutil.DefaultConsensusParams, AppStateBytes: state,
	})
	return nil
}

func block(chain *App) error {
	height := chain.LastBlockHeight() + 1
	chain.BeginBlock(abci.RequestBeginBlock{Header: cmtproto.Header{Height: height, Time: timeAt(height)}})
	chain.EndBlock(abci.RequestEndBlock{Height: height})
	chain.Commit()
	return nil
}

func contextOf(chain *App) sdk.Context {
	height := chain.LastBlockHeight()
	return chain.NewUncachedContext(false, cmtproto.Header{Height: height, Time: timeAt(height)})
}

func schedule(chain *App, name string, height int64) error {
	return chain.UpgradeKeeper.ScheduleUpgrade(contextOf(chain), upgradetypes.Plan{Name: name, Height: height})
}

func doneHeight(chain *App, plan string) (int64, error) {
	return chain.UpgradeKeeper.GetDoneHeight(contextOf(chain), plan), nil
}

func moduleVersions(chain *App) (module.VersionMap, error) {
	return chain.UpgradeKeeper.GetModuleVersionMap(contextOf(chain)), nil
}

// serves tells whether the node answers for a store.
func serves(chain *App, store string) bool {
	return chain.Query(abci.RequestQuery{Path: "/store/" + store + "/key", Data: []byte{0}}).Code == 0
}

// handle registers a handler that changes nothing but what is due.
func handle(chain *App, plan string) {
	chain.UpgradeKeeper.SetUpgradeHandler(plan, func(ctx sdk.Context, _ upgradetypes.Plan, fromVM module.VersionMap) (module.VersionMap, error) {
		return chain.ModuleManager.RunMigrations(ctx, chain.configurator, fromVM)
	})
}
