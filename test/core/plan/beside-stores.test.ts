import assert from 'node:assert/strict';
import { chainTexts } from '../../support/chains.ts';
import { replaceOnce } from '../../support/edits.ts';
import { applied, openChain, planIn } from '../../support/plans.ts';

const wiring = 'app/upgrades.go';
const v3 = 'app/upgrades/v3/upgrades.go';

/** The chain `statements`, its switch replaced by another way of loading the stores of v3. */
async function chainThatLoads(loading: string, declared: string) {
  const texts = chainTexts('statements');
  const text = texts[wiring]!;
  const from = text.indexOf('\t// If stores are added');
  const imported = replaceOnce(
    v3,
    texts[v3]!,
    'import (\n',
    'import (\n\tstoretypes "cosmossdk.io/store/types"\n',
  );
  const below = text.slice(from);
  return openChain('statements', {
    texts: {
      [wiring]: replaceOnce(wiring, text, below, `${loading}\n}\n`),
      [v3]: `${imported}\n${declared}\n`,
    },
  });
}

const load = (stores: string) =>
  `\t\tapp.SetStoreLoader(upgradetypes.UpgradeStoreLoader(upgradeInfo.Height, ${stores}))`;
const ofV3 = (body: string) => `\tif upgradeInfo.Name == v3.UpgradeName {\n${body}\n\t}`;
const literal = 'storetypes.StoreUpgrades{Deleted: []string{"ebb"}}';

describe('a new upgrade beside stores', () => {
  for (const [title, loading, declared] of [
    ['in a variable of the package', ofV3(load('&v3.Stores')), `var Stores = ${literal}`],
    [
      'in a pointer that is copied',
      ofV3(`\t\tstores := v3.Stores\n${load('stores')}`),
      `var Stores = &${literal}`,
    ],
    [
      'that a function gives',
      ofV3(`\t\tstores := v3.Stores()\n${load('stores')}`),
      `func Stores() *storetypes.StoreUpgrades { return &${literal} }`,
    ],
    [
      'that a method gives in two steps',
      ofV3(`\t\tstores := v3.Changes{}.Stores()\n${load('&stores')}`),
      'type Changes struct{}\n\nfunc (Changes) Stores() (stores storetypes.StoreUpgrades) {\n' +
        '\tstores.Deleted = []string{"ebb"}\n\treturn\n}',
    ],
    [
      'that an if fills',
      `\tvar stores *storetypes.StoreUpgrades\n${ofV3('\t\tstores = v3.Stores')}\n` +
        `\tif stores != nil {\n${load('stores')}\n\t}`,
      `var Stores = &${literal}`,
    ],
  ] as const)
    it(`adds its own, and leaves theirs: ${title}`, async () => {
      const opened = await chainThatLoads(loading, declared);
      const deleted = (name: string, app = opened.app) =>
        app.upgrades
          .find(upgrade => upgrade.name === name)
          ?.stores?.deleted.map(store => store.name);
      assert.deepEqual(deleted('v3'), ['ebb']);
      const plan = planIn(opened, { name: 'v4', added: ['delta'] });
      assert.equal(plan.refused, undefined);
      const { app } = applied(opened, plan);
      const made = app.upgrades.find(upgrade => upgrade.name === 'v4');
      assert.deepEqual(
        made?.stores?.added.map(store => store.name),
        ['delta'],
      );
      assert.ok(made.loader);
      assert.deepEqual(deleted('v3', app), ['ebb']);
    });
});
