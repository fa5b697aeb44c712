import type { App, Chain } from '../../chain/chain.ts';
import { checksFile } from '../../checks-file.ts';
import { findModule } from '../migration/find-module.ts';
import type { PlanInput } from '../plan-input.ts';
import type { Step } from '../task.ts';
import type { UpgradeRequest } from './request.ts';

/** An entry of `upgrades.checks/NAME.json`, as it is written. */
interface StartCheck {
  readonly name: string;
  readonly query: string;
  readonly request?: Readonly<Record<string, string>>;
  readonly pointer: string;
  readonly expect: unknown;
}

/**
 * Writes the checks that a rehearsal of the upgrade begins with, for the chain's own to be added:
 * only what holds for every upgrade that does what was asked for. Checks that are there stay.
 */
export function startChecks(input: PlanInput, request: UpgradeRequest): Step {
  return {
    name: 'write its first checks',
    apply(draft) {
      const file = checksFile(request.name);
      if (draft.repo.texts.has(file)) {
        draft.note(`${file} is kept as it is`);
        return [];
      }
      const checks = checksFor(input, request);
      draft.creates.push({ file, text: `${JSON.stringify({ checks }, null, 2)}\n` });
      return [];
    },
  };
}

function checksFor({ analysis, app }: PlanInput, request: UpgradeRequest): StartCheck[] {
  const { repo, chain } = analysis;
  return [
    {
      name: 'the plan is applied',
      query: 'cosmos.upgrade.v1beta1.Query/AppliedPlan',
      request: { name: request.name },
      pointer: '/height',
      expect: { matches: '^[1-9]' },
    },
    ...request.migrate.map(name => versionRises(findModule(repo, chain, name).name)),
    ...(hasStaking(app, chain) ? [bondDenomStays] : []),
  ];
}

/** x/upgrade keeps module versions since SDK 0.43. */
function versionRises(module: string): StartCheck {
  return {
    name: `the version of ${module} rises by one`,
    query: 'cosmos.upgrade.v1beta1.Query/ModuleVersions',
    request: { module_name: module },
    pointer: '/module_versions/0/version',
    expect: { growsBy: 1 },
  };
}

const bondDenomStays: StartCheck = {
  name: 'the bond denomination stays',
  query: 'cosmos.staking.v1beta1.Query/Params',
  pointer: '/params/bond_denom',
  expect: 'same',
};

/** Whether the SDK's own x/staking is mounted, and no module of the chain takes its place. */
function hasStaking({ stores }: App, { modules }: Chain): boolean {
  const constant = 'github.com/cosmos/cosmos-sdk/x/staking/types.StoreKey';
  return (
    stores.some(store => store.const === constant && !store.assumed && !store.conditional) &&
    modules.every(({ name }) => name !== 'staking')
  );
}
