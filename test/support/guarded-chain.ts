import type { Analysis } from '../../core/chain/analysis.ts';
import { analyse } from '../../core/chain/analysis.ts';
import type { Repo } from '../../core/go/repo/repo.ts';
import { planOf } from '../../core/tasks/make-plan.ts';
import { newGuard } from '../../core/tasks/tasks.ts';
import { chainTexts } from './chains.ts';
import { repoOf } from './go.ts';

const main = `package main

import (
	svrcmd "github.com/cosmos/cosmos-sdk/server/cmd"

	"MODULE/cmd/harbourd/cmd"
)

func main() { _ = svrcmd.Execute(cmd.NewRootCmd(), "", "") }
`;

/** The root command of a small chain, in the only form that most chains have. */
export const rootCommand = `package cmd

import (
	"github.com/cosmos/cosmos-sdk/server"
	"github.com/spf13/cobra"

	"MODULE/app"
)

func addCommands(rootCmd *cobra.Command) {
	server.AddCommands(rootCmd, app.DefaultNodeHome, newApp, export, addModuleInitFlags)
}

func addModuleInitFlags(startCmd *cobra.Command) {
	wasm.AddModuleInitFlags(startCmd)
}
`;

/** The chain of test/chains/list with a daemon in cmd/harbourd; `MODULE` is its module's path. */
export async function chainWithDaemon(
  root: string = rootCommand,
  more: Readonly<Record<string, string>> = {},
): Promise<Repo> {
  const texts = chainTexts('list');
  const module = /^module (\S+)/m.exec(texts['go.mod']!)![1]!;
  const own = Object.fromEntries(Object.entries(texts).filter(([file]) => !/^cmd\//.test(file)));
  const named = (text: string) => text.replaceAll('MODULE', module);
  return repoOf({
    ...own,
    'cmd/harbourd/main.go': named(main),
    'cmd/harbourd/cmd/root.go': named(root),
    ...more,
  });
}

/** The same with the version guard, or without where that is asked for. */
export async function guardedChain({ guard = true } = {}): Promise<Analysis> {
  const analysis = analyse(await chainWithDaemon());
  if (!guard) return analysis;
  const plan = planOf(newGuard, { analysis, app: analysis.chain.apps[0]! }, { software: 'v1.x' });
  if (plan.refused) throw new Error(plan.refused.reason);
  return analyse(
    analysis.repo.with([
      ...plan.creates.map(({ file, text }) => [file, text] as const),
      ...plan.edits.map(({ file, after }) => [file, after] as const),
    ]),
  );
}
