package app

import (
	"encoding/json"
	"fmt"
	"os"
	"strings"
	"testing"

	"github.com/cosmos/cosmos-sdk/types/module"
)

// happened is what became of a halted node: the step that failed and its words, or the state in the end.
type happened struct {
	Step     string                     `json:"step,omitempty"`
	Words    string                     `json:"words,omitempty"`
	Done     int64                      `json:"done"`
	Before   module.VersionMap          `json:"before"`
	Versions module.VersionMap          `json:"versions"`
	Stores   []string                   `json:"stores"`
	State    map[string]json.RawMessage `json:"state"`
}

// TestTruth goes on in the home of a halted node and writes down what happens; it judges nothing.
func TestTruth(t *testing.T) {
	var (
		chain *App
		told  happened
	)
	blocks := func(count int64) func() error {
		return func() error { return blocksTo(chain, chain.LastBlockHeight()+count) }
	}
	for _, step := range []struct {
		name string
		run  func() error
	}{
		{"start", func() (err error) {
			chain = open(t)
			told.Before, err = moduleVersions(chain)
			return err
		}},
		{"first block", blocks(1)},
		{"later block", blocks(2)},
		{"restart", func() error {
			err := shut(chain)
			chain = open(t)
			return err
		}},
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
	if told.Done, err = doneHeight(chain, planName(t)); err != nil {
		return err
	}
	if told.Versions, err = moduleVersions(chain); err != nil {
		return err
	}
	for _, store := range strings.Split(os.Getenv("TRUTH_STORES"), ",") {
		if serves(chain, store) {
			told.Stores = append(told.Stores, store)
		}
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
	if err := firstError(halt(*chain, name, height), shut(*chain)); err != nil {
		return err
	}
	*chain = open(t)
	handle(*chain, name)
	return blocksTo(*chain, height+1)
}
