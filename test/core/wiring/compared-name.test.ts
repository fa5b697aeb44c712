import assert from 'node:assert/strict';
import { comparedWithName } from '../../../core/wiring/registration/compared-name.ts';
import { repoOf } from '../../support/go.ts';

/** What the literal of a statement is compared with, in a function that is given some plans. */
async function compared(statement: string) {
  const head = 'package app\n\nfunc look(msg Msg, u Upgrade, x upgradetypes.Plan) {\n\t';
  const repo = await repoOf({
    'go.mod': 'module a.b/c\n',
    'app/app.go': `${head}${statement}\n}\n`,
  });
  const facts = repo.facts('app/app.go')!;
  return comparedWithName(repo, facts, facts.text.indexOf('"v5"'));
}

describe('what a literal is compared with', () => {
  for (const [statement, kind] of [
    ['_ = plan.Name == "v5"', 'plan'],
    ['_ = "v5" != plan.Name', 'plan'],
    ['_ = msg.Plan.Name == "v5"', 'plan'],
    ['_ = upgradeInfo.Name == "v5"', 'plan'],
    ['_ = info.Name == "v5"', 'name'],
    ['for _, info := range storeInfos() {\n\t_ = info.Name == "v5"\n}', 'name'],
    ['_ = x.Name == "v5"', 'plan'],
    ['_ = plan.GetName() == "v5"', 'plan'],
    ['_ = u.UpgradeName == "v5"', 'plan'],
    ['_ = planName == "v5"', 'plan'],
    ['switch upgradeInfo.Name {\n\tcase "v4", "v5":\n\t}', 'plan'],
    ['_ = upgradetypes.Plan{Name: "v5"}', 'plan'],
    ['_ = name == "v5"', 'name'],
    ['switch name {\n\tcase "v5":\n\t}', 'name'],
    ['_ = onDiskInfo.Name == "v5"', 'name'],
    ['_ = moduleName == "v5"', undefined],
    ['_ = module.Name == "v5"', undefined],
    ['_ = upgradetypes.ModuleName == "v5"', undefined],
    ['_ = upgradeStoreName == "v5"', undefined],
    ['switch account.Name {\n\tcase "v5":\n\t}', undefined],
    ['_ = Module{Name: "v5"}', undefined],
    ['_ = plan.Name < "v5"', undefined],
    ['_ = plan.Info == "v5"', undefined],
  ] as const)
    it(`${statement.replaceAll(/\s+/g, ' ')} is ${kind ?? 'no name of a plan'}`, async () =>
      assert.equal(await compared(statement), kind));
});
