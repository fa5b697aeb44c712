package app

import (
	"context"
	"crypto/sha256"
	"fmt"
	"path/filepath"
	"testing"

	"cosmossdk.io/log"
	upgradetypes "cosmossdk.io/x/upgrade/types"
	abci "github.com/cometbft/cometbft/abci/types"
	cmtproto "github.com/cometbft/cometbft/proto/tendermint/types"
	dbm "github.com/cosmos/cosmos-db"
	simtestutil "github.com/cosmos/cosmos-sdk/testutil/sims"
	sdk "github.com/cosmos/cosmos-sdk/types"
	"github.com/cosmos/cosmos-sdk/types/module"
)

func open(t *testing.T) *App {
	dir := home(t)
	db, err := dbm.NewDB("application", dbm.GoLevelDBBackend, filepath.Join(dir, "data"))
	if err != nil {
		t.Fatal(err)
	}
	return New(log.NewTestLoggerInfo(t), db, nil, true, simtestutil.NewAppOptionsWithFlagHome(dir))
}

// shut gives the database back, for the next to open it.
func shut(chain *App) error {
	return chain.Close()
}

func initChain(chain *App, state []byte) error {
	_, err := chain.InitChain(&abci.RequestInitChain{
		Time: genesisTime, ConsensusParams: simtestutil.DefaultConsensusParams, AppStateBytes: state,
	})
	return err
}

func block(chain *App) error {
	height := chain.LastBlockHeight() + 1
	hash := sha256.Sum256([]byte(fmt.Sprint(height)))
	if _, err := chain.FinalizeBlock(&abci.RequestFinalizeBlock{Height: height, Time: timeAt(height), Hash: hash[:]}); err != nil {
		return err
	}
	_, err := chain.Commit()
	return err
}

func contextOf(chain *App) sdk.Context {
	height := chain.LastBlockHeight()
	return chain.NewUncachedContext(false, cmtproto.Header{Height: height, Time: timeAt(height)})
}

func schedule(chain *App, name string, height int64) error {
	return chain.UpgradeKeeper.ScheduleUpgrade(contextOf(chain), upgradetypes.Plan{Name: name, Height: height})
}

func doneHeight(chain *App, plan string) (int64, error) {
	return chain.UpgradeKeeper.GetDoneHeight(contextOf(chain), plan)
}

func moduleVersions(chain *App) (module.VersionMap, error) {
	return chain.UpgradeKeeper.GetModuleVersionMap(contextOf(chain))
}

// serves tells whether the node answers for a store.
func serves(chain *App, store string) bool {
	answer, err := chain.Query(context.Background(), &abci.RequestQuery{Path: "/store/" + store + "/key", Data: []byte{0}})
	return err == nil && answer.Code == 0
}

// handle registers a handler that changes nothing but what is due.
func handle(chain *App, plan string) {
	chain.UpgradeKeeper.SetUpgradeHandler(plan, func(ctx context.Context, _ upgradetypes.Plan, fromVM module.VersionMap) (module.VersionMap, error) {
		return chain.ModuleManager.RunMigrations(ctx, chain.configurator, fromVM)
	})
}
