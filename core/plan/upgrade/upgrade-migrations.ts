import { Refusal } from '../../refusal.ts';
import { findModule } from '../migration/find-module.ts';
import { migrationStep } from '../migration/migration.ts';
import type { PlanInput } from '../plan-input.ts';
import type { Step } from '../task.ts';

/** The migrations of the modules that an upgrade's answers name, in the same plan. */
export function migrationsOf(input: PlanInput, names: readonly string[]): Step[] {
  const { repo, chain } = input.analysis;
  const modules = names.map(name => findModule(repo, chain, name));
  const twice = modules.find((module, i) => modules.indexOf(module) !== i);
  if (twice) throw new Refusal(`${twice.name} is given twice; name it once`);
  return modules.map(({ dir, name }) => {
    const isAlone = chain.modules.filter(module => module.dir === dir).length === 1;
    return migrationStep(input, { module: isAlone ? dir : name });
  });
}
