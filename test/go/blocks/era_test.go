package app

import (
	"encoding/json"
	"testing"
)

// TestErasUpgrade goes on where the version without eras stopped: the module has its store, and the chain is in its first era.
func TestErasUpgrade(t *testing.T) {
	for _, height := range []int64{upgradeHeight + 2, upgradeHeight + 4} {
		chain := open(t)
		runTo(t, chain, height)
		versions, err := moduleVersions(chain)
		if err != nil || versions["era"] != 1 {
			t.Fatalf("the era module is at version %d (%v), want 1", versions["era"], err)
		}
		checkEra(t, chain)
		if err := shut(chain); err != nil {
			t.Fatal(err)
		}
	}
}

// TestErasStart begins a new chain that has eras from its genesis on.
func TestErasStart(t *testing.T) {
	chain := open(t)
	startChain(t, chain)
	runTo(t, chain, 3)
	checkEra(t, chain)
}

func checkEra(t *testing.T, chain *App) {
	exported, err := chain.Export(-1, nil)
	if err != nil {
		t.Fatal(err)
	}
	var state struct {
		Era struct {
			Markers []struct {
				Name   string
				Height int64
			}
		}
	}
	if err := json.Unmarshal(exported.AppState, &state); err != nil {
		t.Fatal(err)
	}
	markers := state.Era.Markers
	if len(markers) != 1 || markers[0].Name != "thales" || markers[0].Height != 1 {
		t.Fatalf("the markers are %v", markers)
	}
}
