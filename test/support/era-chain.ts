import type { Repo } from '../../core/go/repo/repo.ts';
import { chainTexts } from './chains.ts';
import { repoOf } from './go.ts';

const module = /^module (\S+)/m.exec(chainTexts('list')['go.mod']!)![1]!;

/** A small framework of eras, with two switches: as much of it as is read. */
export const smallEraTexts: Readonly<Record<string, string>> = {
  'x/era/era.go': `package era

type Era string

type Switch[T any] struct{ impl map[Era]T }

func NewSwitch[T any](name string, supported []Era, impl map[Era]T) Switch[T] {
	return Switch[T]{impl}
}

func (s Switch[T]) For(e Era) T { return s.impl[e] }
`,
  'x/era/supported.go': `package era

const (
	Thales     Era = "thales"
	Pythagoras Era = "pythagoras"
)

const First = Thales

var Supported = []Era{Thales, Pythagoras}

var Since = map[Era]string{
	Pythagoras: "v2.1.0",
}
`,
  'x/era/fee.go': `package era

var Fee = NewSwitch("fee", Supported, map[Era]func(int64) int64{
	Thales:     func(x int64) int64 { return x },
	Pythagoras: func(x int64) int64 { return 2 * x },
})
`,
  'x/berth/keeper/step.go': `package keeper

import "${module}/x/era"

type step func(Keeper) uint64

func stepOf(current era.Era) step {
	behaviours := map[era.Era]step{era.Thales: one, "pythagoras": two}
	return era.NewSwitch[step]("step", era.Supported, behaviours).For(current)
}

func one(Keeper) uint64 { return 1 }

func two(Keeper) uint64 { return 2 }
`,
};

/** The chain of test/chains/list with eras. */
export function chainWithEras(more: Readonly<Record<string, string>> = {}): Promise<Repo> {
  return repoOf({ ...chainTexts('list'), ...smallEraTexts, ...more });
}
