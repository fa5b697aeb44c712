package app

import (
	"encoding/json"
	"strings"
	"testing"
)

// TestMountedModuleUpgrades goes on where the version without the berth module stopped: the module has its store, and what its genesis says is in it.
func TestMountedModuleUpgrades(t *testing.T) {
	for _, height := range []int64{upgradeHeight + 2, upgradeHeight + 4} {
		chain := open(t)
		runTo(t, chain, height)
		versions, err := moduleVersions(chain)
		if err != nil || versions["berth"] != 1 {
			t.Fatalf("the berth module is at version %d (%v), want 1", versions["berth"], err)
		}
		checkBerths(t, chain)
		if err := shut(chain); err != nil {
			t.Fatal(err)
		}
	}
}

// TestMountedModuleStarts begins a new chain that has the module from its genesis on.
func TestMountedModuleStarts(t *testing.T) {
	chain := open(t)
	startChain(t, chain)
	runTo(t, chain, 3)
	checkBerths(t, chain)
}

// TestUnmountedModuleUpgrades goes on where the version with the ledger module stopped: its store is gone.
func TestUnmountedModuleUpgrades(t *testing.T) {
	chain := open(t)
	runTo(t, chain, upgradeHeight+2)
	exported, err := chain.Export(-1, nil)
	if err != nil {
		t.Fatal(err)
	}
	if strings.Contains(string(exported.AppState), `"ledger"`) {
		t.Errorf("the state still has the ledger: %s", exported.AppState)
	}
}

func checkBerths(t *testing.T, chain *App) {
	exported, err := chain.Export(-1, nil)
	if err != nil {
		t.Fatal(err)
	}
	var state struct{ Berth struct{ Berths byte } }
	if err := json.Unmarshal(exported.AppState, &state); err != nil || state.Berth.Berths != 3 {
		t.Fatalf("there are %d berths (%v), want 3", state.Berth.Berths, err)
	}
}
