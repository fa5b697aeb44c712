package app

import (
	"context"
	"encoding/json"
	"fmt"
	"os"
	"testing"

	upgradetypes "cosmossdk.io/x/upgrade/types"
	"github.com/cosmos/cosmos-sdk/types/module"
)

// happened is what became of a halted node: the step that failed and its words, or the state in the end.
type happened struct {
	Step     string                     `json:"step,omitempty"`
	Words    string                     `json:"words,omitempty"`
	Done     int64                      `json:"done"`
	Versions module.VersionMap          `json:"versions"`
	State    map[string]json.RawMessage `json:"state"`
}

// TestTruth goes on in the home of a halted node and writes down what happens; it judges nothing.
func TestTruth(t *testing.T) {
	var (
		chain *App
		told  happened
	)
	start := func() error { chain = open(t); return nil }
	blocks := func(count int64) func() error {
		return func() error { return blocksTo(chain, chain.LastBlockHeight()+count) }
	}
	for _, step := range []struct {
		name string
		run  func() error
	}{
		{"start", start},
		{"first block", blocks(1)},
		{"later block", blocks(2)},
		{"restart", func() error { return firstError(chain.Close(), guard(start)) }},
		{"block after the restart", blocks(2)},
		{"export", func() error { return look(t, chain, &told) }},
		{"next upgrade", func() error { return nextUpgrade(t, &chain) }},
	} {
		if err := guard(step.run); err != nil {
			told.Step, told.Words = step.name, err.Error()
			break
		}
	}
	bz, err := json.Marshal(told)
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(os.Getenv("TRUTH_FILE"), bz, 0o600); err != nil {
		t.Fatal(err)
	}
}

// guard makes an error of a panic, in the words of a node that ends with it.
func guard(run func() error) (err error) {
	defer func() {
		if reason := recover(); reason != nil {
			err = fmt.Errorf("panic: %v", reason)
		}
	}()
	return run()
}

func firstError(errs ...error) error {
	for _, err := range errs {
		if err != nil {
			return err
		}
	}
	return nil
}

// look notes what the upgrade left behind.
func look(t *testing.T, chain *App, told *happened) (err error) {
	if told.Done, err = chain.UpgradeKeeper.GetDoneHeight(contextOf(chain), planName(t)); err != nil {
		return err
	}
	if told.Versions, err = chain.UpgradeKeeper.GetModuleVersionMap(contextOf(chain)); err != nil {
		return err
	}
	exported, err := chain.Export(-1, nil)
	if err != nil {
		return err
	}
	return json.Unmarshal(exported.AppState, &told.State)
}

// nextUpgrade runs an upgrade that changes nothing: only what the one before left undone can fail.
func nextUpgrade(t *testing.T, chain **App) error {
	const name = "next"
	height := (*chain).LastBlockHeight() + 3
	if err := firstError(halt(*chain, name, height), (*chain).Close()); err != nil {
		return err
	}
	*chain = open(t)
	(*chain).UpgradeKeeper.SetUpgradeHandler(name, func(ctx context.Context, _ upgradetypes.Plan, fromVM module.VersionMap) (module.VersionMap, error) {
		return (*chain).ModuleManager.RunMigrations(ctx, (*chain).configurator, fromVM)
	})
	return blocksTo(*chain, height+1)
}
