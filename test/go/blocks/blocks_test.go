// These tests run the chain block by block, without a network. The old version runs up to the upgrade, the new one, another binary, goes on
// in the same home. The suite copies these files into each version's app folder; node_test.go is what differs between generations of the SDK.
package app

import (
	"bytes"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	sdkmath "cosmossdk.io/math"
	cmttypes "github.com/cometbft/cometbft/types"
	cryptocodec "github.com/cosmos/cosmos-sdk/crypto/codec"
	"github.com/cosmos/cosmos-sdk/crypto/keys/ed25519"
	"github.com/cosmos/cosmos-sdk/crypto/keys/secp256k1"
	simtestutil "github.com/cosmos/cosmos-sdk/testutil/sims"
	sdk "github.com/cosmos/cosmos-sdk/types"
	authtypes "github.com/cosmos/cosmos-sdk/x/auth/types"
	banktypes "github.com/cosmos/cosmos-sdk/x/bank/types"
)

const (
	upgradeHeight = 8
	boxGenesis    = `{"value":"full"}`
)

var genesisTime = time.Unix(1_700_000_000, 0).UTC()

// TestOldVersionHalts starts a chain, schedules the plan and runs until the node stops for it.
func TestOldVersionHalts(t *testing.T) {
	chain := open(t)
	startChain(t, chain)
	runTo(t, chain, 5)
	if err := halt(chain, planName(t), upgradeHeight); err != nil {
		t.Fatal(err)
	}
}

// halt schedules a plan and runs until the node stops for it.
func halt(chain *App, name string, height int64) error {
	if err := schedule(chain, name, height); err != nil {
		return err
	}
	return stop(chain, name, height)
}

// stop runs until the node stops for a plan that is pending.
func stop(chain *App, name string, height int64) error {
	if err := blocksTo(chain, height-1); err != nil {
		return err
	}
	// Up to SDK 0.47 it panics.
	switch err := guard(func() error { return block(chain) }); {
	case err == nil:
		return fmt.Errorf("the node made block %d and did not stop for the upgrade", height)
	case !strings.Contains(err.Error(), fmt.Sprintf("UPGRADE %q NEEDED at height: %d", name, height)):
		return fmt.Errorf("the node should stop for the upgrade: %w", err)
	default:
		return nil
	}
}

// TestNewVersionUpgrades goes on where the old version stopped, and once more after a restart.
func TestNewVersionUpgrades(t *testing.T) {
	for _, height := range []int64{upgradeHeight + 2, upgradeHeight + 4} {
		chain := open(t)
		runTo(t, chain, height)
		done, err := doneHeight(chain, planName(t))
		if err != nil || done != upgradeHeight {
			t.Fatalf("the upgrade is done at %d (%v), want %d", done, err, upgradeHeight)
		}
		versions, err := moduleVersions(chain)
		if err != nil || versions["shelf"] != 1 {
			t.Fatalf("the shelf module is at version %d (%v), want 1", versions["shelf"], err)
		}
		checkState(t, chain, height)
		if err := shut(chain); err != nil {
			t.Fatal(err)
		}
	}
}

// checkState asks for the state as a genesis: box kept its value in the renamed store, shelf began with its own, ledger is gone.
func checkState(t *testing.T, chain *App, height int64) {
	exported, err := chain.Export(-1, nil)
	if err != nil {
		t.Fatal(err)
	}
	var state map[string]json.RawMessage
	if err := json.Unmarshal(exported.AppState, &state); err != nil {
		t.Fatal(err)
	}
	for module, want := range map[string]string{
		"box":     boxGenesis,
		"shelf":   `{"value":"empty"}`,
		"counter": fmt.Sprintf(`{"count":%d}`, height),
		"ledger":  "",
	} {
		var got bytes.Buffer
		if bz, there := state[module]; there {
			if err := json.Compact(&got, bz); err != nil {
				t.Fatal(err)
			}
		}
		if got.String() != want {
			t.Errorf("the state of %s is %q, want %q", module, got.String(), want)
		}
	}
}

// home is the folder of the node.
func home(t *testing.T) string {
	dir := os.Getenv("NODE_HOME")
	if err := os.MkdirAll(filepath.Join(dir, "data"), 0o755); err != nil {
		t.Fatal(err)
	}
	return dir
}

func planName(t *testing.T) string {
	name := os.Getenv("PLAN_NAME")
	if name == "" {
		t.Fatal("PLAN_NAME is not set")
	}
	return name
}

func startChain(t *testing.T, chain *App) {
	startChainOf(t, chain, 1)
}

// startChainOf starts a chain of some validators.
func startChainOf(t *testing.T, chain *App, count int) {
	var members []*cmttypes.Validator
	for i := range count {
		secret := "validator"
		if i > 0 {
			secret = fmt.Sprint(secret, i)
		}
		key, err := cryptocodec.ToTmPubKeyInterface(ed25519.GenPrivKeyFromSecret([]byte(secret)).PubKey())
		if err != nil {
			t.Fatal(err)
		}
		members = append(members, cmttypes.NewValidator(key, 1))
	}
	validators := cmttypes.NewValidatorSet(members)
	address := secp256k1.GenPrivKeyFromSecret([]byte("account")).PubKey().Address().Bytes()
	account := authtypes.NewBaseAccount(address, nil, 0, 0)
	balance := banktypes.Balance{
		Address: account.GetAddress().String(),
		Coins:   sdk.NewCoins(sdk.NewCoin("stake", sdkmath.NewInt(1_000_000_000))),
	}
	state, err := simtestutil.GenesisStateWithValSet(
		chain.AppCodec(), chain.DefaultGenesis(), validators, []authtypes.GenesisAccount{account}, balance,
	)
	if err != nil {
		t.Fatal(err)
	}
	state["bank"] = bonded(chain, state["bank"], count)
	state["box"] = json.RawMessage(boxGenesis)
	bz, err := json.Marshal(state)
	if err != nil {
		t.Fatal(err)
	}
	if err := initChain(chain, bz); err != nil {
		t.Fatal(err)
	}
}

func runTo(t *testing.T, chain *App, height int64) {
	if err := blocksTo(chain, height); err != nil {
		t.Fatal(err)
	}
}

func blocksTo(chain *App, height int64) error {
	for chain.LastBlockHeight() < height {
		if err := block(chain); err != nil {
			return err
		}
	}
	return nil
}

func timeAt(height int64) time.Time {
	return genesisTime.Add(time.Duration(height) * time.Second)
}
