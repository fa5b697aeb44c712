import assert from 'node:assert/strict';
import { analyse } from '../../../../core/chain/analysis.ts';
import { chainTexts } from '../../../support/chains.ts';
import { replaceOnce } from '../../../support/edits.ts';
import { repoOf } from '../../../support/go.ts';

const constants = 'app/upgrades/v3/constants.go';

/** The stores that a package nothing registers says its upgrade deletes, by the declaration there. */
async function deletedBy(change: (text: string) => string): Promise<(string | null)[][]> {
  const texts = chainTexts('list');
  const app = replaceOnce('app/app.go', texts['app/app.go']!, '\t\tv3.Upgrade,\n', '');
  const repo = await repoOf({
    ...texts,
    'app/app.go': app,
    [constants]: change(texts[constants]!),
  });
  const [chain] = analyse(repo).chain.apps;
  return chain!.upgrades
    .filter(({ name }) => name === 'v3')
    .map(({ stores }) => stores?.deleted.map(({ name }) => name) ?? []);
}

describe('an upgrade that nothing registers', () => {
  it('is read once, with the stores of its struct, beside the constant of its name', async () => {
    const [stores, ...others] = await deletedBy(text => text);
    assert.deepEqual(stores, ['tally']);
    assert.deepEqual(others, []);
    const inParens = await deletedBy(text => {
      const opened = replaceOnce(constants, text, 'upgrades.Upgrade{', '(upgrades.Upgrade{');
      return `${opened.trimEnd()})\n`;
    });
    assert.deepEqual(inParens, [stores]);
    const byAddress = await deletedBy(text =>
      replaceOnce(constants, text, 'upgrades.Upgrade{', '&upgrades.Upgrade{'),
    );
    assert.deepEqual(byAddress, [stores]);
    const inInit = await deletedBy(text => {
      const set = replaceOnce(constants, text, 'var Upgrade =', 'func init() {\n\tUpgrade =');
      return `${set}}\n\nvar Upgrade upgrades.Upgrade\n`;
    });
    assert.deepEqual(inInit, [stores]);
    const made = await deletedBy(text => {
      const make = 'var Upgrade = make()\n\nfunc make() upgrades.Upgrade {\n\treturn';
      return `${replaceOnce(constants, text, 'var Upgrade =', make)}}\n`;
    });
    assert.deepEqual(made, [stores]);
  });

  const handler =
    'package v5\n\nimport upgradetypes "cosmossdk.io/x/upgrade/types"\n\n' +
    'func Handler() upgradetypes.UpgradeHandler { return nil }\n';
  const forms = [
    'const Name = "v5"\n',
    'const Height, Name = 5, "v5"\n',
    'const (\n\tHeight = 5\n\n\tPlanName = "v5"\n)\n',
    'const (Height = 5; Name = "v5")\n',
    'var Name string = "v5"\n',
    'const Name, Height = "v5", 5\n',
    'const Name /* of the plan */ = "v5"\n',
    'type Plan string\n\nconst PlanName Plan = "v5"\n',
    'var Height, PlanName string\n\nfunc init() {\n\tPlanName = "v5"\n}\n',
    'import "example.org/list/app/fork"\n\nvar A, V5 = 1, fork.New("v5")\n',
    'var Name string\n\nfunc init() {\n\tName = "v5"\n}\n',
    'var (\n\tHeight int\n\tName   string\n)\n\nfunc init() {\n\tName = "v5"\n}\n',
    'import "example.org/list/app/fork"\n\nvar V5 = fork.Fork{Name: "v5"}\n',
    'import "example.org/list/app/fork"\n\nvar V5 = fork.New("v5")\n',
    'import "example.org/list/app/fork"\n\nvar V5 = (fork.New("v5"))\n',
  ];
  for (const form of forms) {
    it(`is read in a file that does not speak of upgrades: ${form.replaceAll('\n', ' ')}`, async () => {
      const module = /^module (\S+)/m.exec(chainTexts('list')['go.mod']!)![1]!;
      const repo = await repoOf({
        ...chainTexts('list'),
        'app/fork/fork.go':
          'package fork\n\ntype Fork = Upgrade\n\n' +
          'type Upgrade struct{ Name string }\n\n' +
          'func New(name string) Upgrade {\n\treturn Upgrade{Name: name}\n}\n',
        'app/upgrades/v5/handler.go': handler,
        'app/upgrades/v5/plan.go': `package v5\n\n${form.replace('example.org/list', module)}`,
      });
      const [chain] = analyse(repo).chain.apps;
      const found = chain!.upgrades.filter(({ package: dir }) => dir === 'app/upgrades/v5');
      assert.deepEqual(
        found.map(({ name, registered }) => [name, registered]),
        [['v5', false]],
      );
    });
  }
});
