import type { Chain, Module } from '../../chain/chain.ts';
import { raisedFrom, sameApp, sameModule } from '../../chain/compare.ts';
import { readChain } from '../../chain/read.ts';
import { Refusal } from '../../refusal.ts';
import { findModule } from '../migration/find-module.ts';
import { planMigration } from '../migration/migration.ts';
import { afterPlan, onTop } from '../on-top.ts';
import type { Plan } from '../plan.ts';
import type { UpgradeInput } from './upgrade-input.ts';

/**
 * The modules whose state an upgrade may change: with a version that can be raised and was not yet
 * since the last release. New ones have no state to migrate.
 */
export function modulesToMigrate({ modules }: Chain, base: Chain | undefined): Module[] {
  return modules.filter(
    module =>
      module.consensusVersion !== null &&
      module.consensusVersion > 0 &&
      module.managed !== false &&
      !module.migrations.some(m => m.from === module.consensusVersion) &&
      (!base ||
        (sameModule(base.modules, module) !== undefined && raisedFrom(base, module) === undefined)),
  );
}

/**
 * Adds the migrations of modules to an upgrade's plan: each planned and proved on what the one
 * before leaves, so that all is written and undone at once.
 */
export function withMigrations(input: UpgradeInput, upgrade: Plan, names: readonly string[]): Plan {
  const modules = names.map(name => findModule(input.repo, input.chain, name));
  const twice = modules.find((m, i) => modules.indexOf(m) !== i);
  if (twice) throw new Refusal(`${twice.name} is given twice; name it once`);
  return modules.reduce((plan, { dir, name }) => {
    const repo = afterPlan(input.repo, plan);
    const chain = readChain(repo);
    const app = sameApp(chain, input.app)!;
    const module = chain.modules.filter(m => m.dir === dir).length > 1 ? name : dir;
    const { refused, creates, edits, notes } = planMigration(
      { ...input, repo, chain, app },
      { module },
    );
    if (refused) throw new Refusal(refused.reason, refused);
    return onTop(
      plan,
      { texts: new Map(edits.map(e => [e.file, e.after])), creates, notes },
      input.repo,
    );
  }, upgrade);
}
