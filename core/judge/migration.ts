import type { Chain, Module } from '../chain/chain.ts';
import { readChain } from '../chain/read.ts';
import type { Repo } from '../go/repo/repo.ts';
import { afterPlan } from '../plan/on-top.ts';
import type { Plan } from '../plan/plan.ts';
import { newErrors, unparsed } from './upgrade.ts';

/** What a migration's plan must have brought about. */
export interface ExpectedMigration {
  readonly dir: string;
  readonly name: string;
  readonly step: { readonly from: number; readonly to: number };
}

/**
 * Proves a migration's plan before it is offered: applied in memory and read again, the module's
 * version is one higher, exactly one more migration is registered, from the version before,
 * everything else means what it meant, every touched file parses, and no rule reports a new error.
 */
export function proveMigration(
  repo: Repo,
  chain: Chain,
  plan: Plan,
  { dir, name, step }: ExpectedMigration,
): string | undefined {
  const after = afterPlan(repo, plan);
  const broken = unparsed(after, plan);
  if (broken !== undefined) return broken;
  const read = readChain(after);
  const [was, is] = [chain, read].map(c => c.modules.find(m => m.dir === dir && m.name === name));
  if (is?.consensusVersion !== step.to)
    return `the version of ${name} would be ${is?.consensusVersion ?? 'unknown'}, not ${step.to}`;
  const froms = (module: Module | undefined) => (module?.migrations ?? []).map(m => m.from);
  if (froms(is).join() !== [...froms(was), step.from].sort((a, b) => a - b).join())
    return `the migrations of ${name} would start from ${froms(is).join(', ')}`;
  const rest = (c: Chain) =>
    JSON.stringify([
      c.modules
        .filter(m => !(m.dir === dir && m.name === name))
        .map(m => [m.name, m.dir, m.consensusVersion, m.migrations.map(g => g.from)]),
      c.apps.map(a => [
        a.dir,
        a.stores.map(s => [s.name, s.kind]),
        a.upgrades.map(u => [u.name, u.registered, u.stores?.added.map(s => s.name)]),
      ]),
    ]);
  return rest(chain) === rest(read)
    ? newErrors(repo, chain, after, read)
    : 'something else of the chain would change';
}
