package era

import (
	"fmt"
	"math/rand"
	"testing"

	sdk "github.com/cosmos/cosmos-sdk/types"
)

// model is what a chain should have decided, kept in the plainest way: the height of every era that
// was announced, 0 where it has none, and the order in which they were announced.
type model struct {
	heights map[Era]int64
	order   []Era
}

func (m *model) decide(d Decision, now, notice int64) {
	height, isKnown := m.heights[d.Name]
	hasBegun := isKnown && height != 0 && height <= now
	switch {
	case d.Kind == Announce && !isKnown && d.Name != First:
		m.heights[d.Name] = 0
		m.order = append(m.order, d.Name)
	case d.Kind == Cancel && isKnown && !hasBegun:
		order := []Era{}
		for _, name := range m.order {
			if name != d.Name {
				order = append(order, name)
			}
		}
		m.order = order
		delete(m.heights, d.Name)
		if height != 0 {
			m.order = append(m.order, d.Name)
			m.heights[d.Name] = 0
		}
	case d.Kind == Activate && isKnown && !hasBegun && d.Height >= now+notice:
		for name, other := range m.heights {
			if name != d.Name && other >= d.Height {
				return
			}
		}
		m.heights[d.Name] = d.Height
	}
}

func (m *model) at(height int64) Era {
	current, from := First, int64(0)
	for name, begins := range m.heights {
		if begins != 0 && begins <= height && begins > from {
			current, from = name, begins
		}
	}
	return current
}

// announced are the eras without a height, in the order in which they were announced.
func (m *model) announced() (names []Era) {
	for _, name := range m.order {
		if m.heights[name] == 0 {
			names = append(names, name)
		}
	}
	return names
}

var eras = []Era{First, "second", "third", "fourth"}

// TestRandomDecisions makes 10,000 chains whose governance decides at random. Two nodes each are
// stopped and started at other times; both must have the markers and the eras of the model.
func TestRandomDecisions(t *testing.T) {
	nodes := make([]node, 2)
	for i := range nodes {
		nodes[i].keeper, nodes[i].ctx, nodes[i].votes = testKeeper(t, eras...)
	}
	for seed := int64(0); seed < 10_000; seed++ {
		if err := randomChain(nodes, rand.New(rand.NewSource(seed))); err != nil {
			t.Fatalf("chain %d: %v", seed, err)
		}
	}
}

func randomChain(nodes []node, random *rand.Rand) error {
	m := &model{heights: map[Era]int64{First: 1}}
	notice := int64(4)
	for i := range nodes {
		if err := nodes[i].begin(notice); err != nil {
			return err
		}
	}
	pending := []Decision{}
	proposal := uint64(0)
	for height := int64(1); height <= 25; height++ {
		for _, decision := range pending {
			m.decide(decision, height, notice)
		}
		pending = nil
		due := []uint64{}
		for random.Intn(3) == 0 {
			proposal++
			due = append(due, proposal)
			decision := randomDecision(random, height)
			for _, one := range nodes {
				one.votes.passed[proposal] = decision.Title()
			}
			pending = append(pending, decision)
		}
		for i := range nodes {
			if random.Intn(4) == 0 {
				nodes[i].restart()
			}
			nodes[i].votes.due = due
			if err := nodes[i].agrees(m, height); err != nil {
				return fmt.Errorf("node %d at %d: %w", i, height, err)
			}
		}
	}
	return nil
}

func randomDecision(random *rand.Rand, height int64) Decision {
	decision := Decision{Kind: Announce, Name: eras[random.Intn(len(eras))]}
	switch random.Intn(4) {
	case 0, 1:
		decision.Kind = Activate
		decision.Height = height + 1 + int64(random.Intn(10))
	case 2:
		decision.Kind = Cancel
	}
	return decision
}

// node is one that keeps nothing but its store.
type node struct {
	keeper Keeper
	ctx    sdk.Context
	votes  *testVotes
}

// begin empties the store and starts another chain.
func (n *node) begin(notice int64) error {
	store := n.keeper.state.open(n.ctx)
	for _, key := range [][]byte{MarkersKey, countedKey, noticeKey} {
		store.Delete(key)
	}
	genesis := DefaultGenesis()
	genesis.NoticeBlocks = notice
	return n.keeper.InitGenesis(n.ctx, genesis)
}

// restart makes a new keeper on the old store.
func (n *node) restart() {
	old := n.keeper
	n.keeper = Keeper{reader: old.state, state: old.state, votes: n.votes, supported: old.supported, started: new(int64)}
}

// agrees makes a block and compares what the node has with the model.
func (n *node) agrees(m *model, height int64) error {
	ctx := n.ctx.WithBlockHeight(height)
	if err := n.keeper.PreBlock(ctx); err != nil {
		return err
	}
	current, err := n.keeper.Current(ctx)
	if err != nil || current != m.at(height) {
		return fmt.Errorf("the era is %s (%v), want %s", current, err, m.at(height))
	}
	markers, err := n.keeper.state.Markers(ctx)
	if err != nil {
		return err
	}
	announced := []Era{}
	for _, marker := range markers {
		if want, ok := m.heights[marker.Name]; !ok || marker.Height != want {
			return fmt.Errorf("the markers are %v, want %v", markers, m.heights)
		}
		if marker.Height == 0 {
			announced = append(announced, marker.Name)
		}
	}
	if len(markers) != len(m.heights) || fmt.Sprint(announced) != fmt.Sprint(m.announced()) {
		return fmt.Errorf("the markers are %v, want %v, announced %v", markers, m.heights, m.announced())
	}
	return nil
}
