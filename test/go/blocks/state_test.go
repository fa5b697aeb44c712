package app

import (
	"encoding/binary"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"testing"

	dbm "github.com/cosmos/cosmos-db"
	sdk "github.com/cosmos/cosmos-sdk/types"
	authtypes "github.com/cosmos/cosmos-sdk/x/auth/types"
	banktypes "github.com/cosmos/cosmos-sdk/x/bank/types"
	stakingtypes "github.com/cosmos/cosmos-sdk/x/staking/types"
)

// TestMakesBlocks starts a chain of VALIDATORS and makes a few blocks. STORE_ENTRIES are written as
// {store: {key: value}}, keys and values in hex; MARKS is how many entries of counter are, ACCOUNTS
// how many accounts with a balance.
func TestMakesBlocks(t *testing.T) {
	chain := open(t)
	count := 1
	if text := os.Getenv("VALIDATORS"); text != "" {
		count = number(t, text)
	}
	startChainOf(t, chain, count)
	runTo(t, chain, 3)
	if text := os.Getenv("STORE_ENTRIES"); text != "" {
		writeEntries(t, chain, text)
	}
	if text := os.Getenv("MARKS"); text != "" {
		writeMarks(chain, number(t, text))
	}
	if text := os.Getenv("ACCOUNTS"); text != "" {
		writeAccounts(chain, number(t, text))
	}
	runTo(t, chain, 5)
	if err := shut(chain); err != nil {
		t.Fatal(err)
	}
}

// writeMarks writes numbered entries of eight bytes.
func writeMarks(chain *App, count int) {
	store := contextOf(chain).KVStore(chain.keys["counter"])
	for i := range count {
		store.Set(binary.BigEndian.AppendUint64([]byte{5}, uint64(i)), make([]byte, 8))
	}
}

// writeAccounts makes accounts and mints a balance for each.
func writeAccounts(chain *App, count int) {
	ctx := contextOf(chain)
	store := ctx.KVStore(chain.keys[banktypes.StoreKey])
	for i := range count {
		address := sdk.AccAddress(binary.BigEndian.AppendUint64(make([]byte, 12), uint64(i+1)))
		chain.AccountKeeper.SetAccount(ctx, chain.AccountKeeper.NewAccountWithAddress(ctx, address))
		key := append([]byte{2, byte(len(address))}, address...)
		store.Set(append(key, "stake"...), []byte("1"))
	}
	supply := chain.BankKeeper.GetSupply(ctx, "stake").Amount.AddRaw(int64(count))
	store.Set(append([]byte{0}, "stake"...), []byte(supply.String()))
}

func number(t *testing.T, text string) int {
	count, err := strconv.Atoi(text)
	if err != nil {
		t.Fatal(err)
	}
	return count
}

func writeEntries(t *testing.T, chain *App, text string) {
	var stores map[string]map[string]string
	if err := json.Unmarshal([]byte(text), &stores); err != nil {
		t.Fatal(err)
	}
	for name, entries := range stores {
		store := contextOf(chain).KVStore(chain.keys[name])
		for key, value := range entries {
			keyBytes, keyErr := hex.DecodeString(key)
			valueBytes, valueErr := hex.DecodeString(value)
			if err := firstError(keyErr, valueErr); err != nil {
				t.Fatal(err)
			}
			store.Set(keyBytes, valueBytes)
		}
	}
}

// TestSchedules makes a plan pending, far away.
func TestSchedules(t *testing.T) {
	chain := open(t)
	height := chain.LastBlockHeight()
	if err := firstError(schedule(chain, planName(t), height+10), blocksTo(chain, height+1), shut(chain)); err != nil {
		t.Fatal(err)
	}
}

// TestEndsUncleanly makes one more block, of which the stores are saved and the commit is not.
func TestEndsUncleanly(t *testing.T) {
	chain := open(t)
	height := chain.LastBlockHeight()
	if err := firstError(blocksTo(chain, height+1), shut(chain)); err != nil {
		t.Fatal(err)
	}
	db, err := dbm.NewDB("application", dbm.GoLevelDBBackend, filepath.Join(home(t), "data"))
	if err != nil {
		t.Fatal(err)
	}
	latest := binary.AppendUvarint([]byte{1 << 3}, uint64(height))
	err = firstError(
		db.SetSync([]byte("s/latest"), latest),
		db.DeleteSync([]byte(fmt.Sprintf("s/%d", height+1))),
		db.Close(),
	)
	if err != nil {
		t.Fatal(err)
	}
}

// TestStopsForPlan goes on in a home where a plan is pending, until the node stops for it.
func TestStopsForPlan(t *testing.T) {
	chain := open(t)
	if err := stop(chain, planName(t), upgradeHeight); err != nil {
		t.Fatal(err)
	}
	if err := shut(chain); err != nil {
		t.Fatal(err)
	}
}

// TestGoesOn goes on past the upgrade, in a home where not every height was a block.
func TestGoesOn(t *testing.T) {
	chain := open(t)
	runTo(t, chain, upgradeHeight+4)
	if err := shut(chain); err != nil {
		t.Fatal(err)
	}
}

// bonded gives the bonded pool the stake of all validators; the SDK's helper gives it that of one.
func bonded(chain *App, bank json.RawMessage, count int) json.RawMessage {
	var genesis banktypes.GenesisState
	chain.AppCodec().MustUnmarshalJSON(bank, &genesis)
	pool := authtypes.NewModuleAddress(stakingtypes.BondedPoolName).String()
	for i, balance := range genesis.Balances {
		if balance.Address == pool {
			stake := sdk.DefaultPowerReduction.MulRaw(int64(count))
			genesis.Balances[i].Coins = sdk.NewCoins(sdk.NewCoin(sdk.DefaultBondDenom, stake))
		}
	}
	return chain.AppCodec().MustMarshalJSON(&genesis)
}
