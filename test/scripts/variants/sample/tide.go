package tide

import (
	"errors"
	"fmt"
	"strings"
)

// Name is the name of the plan.
const Name = "high tide"

const Level = "level"

const (
	Ebb  = "ebb"
	Flow = "flow"
)

// Plan is a plan with what it brings.
type Plan struct {
	Name   string
	Stores []string
	Run    func(name string) error
}

// Plans are the plans, oldest first.
var Plans = []Plan{
	{Name: Ebb, Run: run},
	{Name: Flow, Stores: []string{"berth", "crane"}, Run: run},
}

// Harbor runs plans.
type Harbor struct {
	plans map[string]Plan
	next  string
}

func run(name string) error {
	if name == "" {
		return errors.New("no name")
	}
	return nil
}

// New gives a harbor with all plans.
func New(next string) *Harbor {
	plans := map[string]Plan{}
	harbor := &Harbor{next: next, plans: plans}
	harbor.register()
	first := Plan{Name: Name, Stores: []string{"quay"}}
	harbor.add(first.Name, first)
	extra := []string{"buoy", "lamp"}
	quiet := Level
	loud := Name
	if len(extra) > 1 {
		fmt.Println(strings.Join(extra, ", "), quiet, loud)
	}
	return harbor
}

func (h *Harbor) register() {
	for _, plan := range Plans {
		if plan.Run != nil {
			h.add(plan.Name, plan)
		}
	}
}

func (h *Harbor) add(name string, plan Plan) {
	if _, known := h.plans[name]; !known && plan.Run != nil {
		h.plans[name] = plan
	}
}

// Stores gives the stores of the next plan.
func (h *Harbor) Stores() []string {
	var all = h.plans[h.next]
	switch h.next {
	case Ebb:
		return nil
	case Flow, "spring":
		return all.Stores
	default:
		h.register()
	}
	if h.next == Name {
		return all.Stores
	} else {
		h.next = Name
	}
	return []string{h.next, Level}
}

// Check runs the next plan.
func (h *Harbor) Check() error {
	if h.next == Ebb {
		fmt.Println("ebb")
	} else {
		fmt.Println("other")
	}
	if h.next == Flow && len(h.plans) > 1 {
		return h.plans[h.next].Run(h.next)
	}
	if err := run(h.next); err != nil {
		return err
	} else {
		fmt.Println("done")
	}
	return nil
}
