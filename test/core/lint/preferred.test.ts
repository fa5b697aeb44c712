import assert from 'node:assert/strict';
import { replaceOnce } from '../../support/edits.ts';
import { layered, problemsIn, sampleChain, sampleNext } from '../../support/rule-pages.ts';

const app = 'app/app.go';
const keys = 'app/keys.go';
const list = 'app/upgrades.go';
const v3 = 'app/upgrades/v3/upgrades.go';

type Edit = readonly [file: string, before: string, after: string];

/** A mistake that a rule offers a fix for, and whether that is made unasked. */
interface Mistake {
  readonly title: string;
  readonly rule: string;
  readonly edits: readonly Edit[];
  /** What the release has besides. */
  readonly base?: readonly Edit[];
  readonly files?: Readonly<Record<string, string>>;
  /** The titles of the fixes, the preferred one with a star. */
  readonly fixes: readonly string[];
}

const mount = (store: string): Edit => [
  keys,
  'countertypes.StoreKey)',
  `countertypes.StoreKey, ${store})`,
];
const ledger = '"ledger"';
const outOfList: readonly Edit[] = [
  [list, ', v3.Upgrade}', '}'],
  [list, '\tv3 "example.org/tally/app/upgrades/v3"\n', ''],
];
const fourth = {
  'app/upgrades/v4/upgrades.go': sampleNext
    .get(v3)!
    .replace('package v3', 'package v4')
    .replace('"v3"', '"v4"'),
};
const withFourth: readonly Edit[] = [
  [list, ', v3.Upgrade}', ', v3.Upgrade, v4.Upgrade}'],
  [
    list,
    '\tv3 "example.org/tally/app/upgrades/v3"\n',
    '\tv3 "example.org/tally/app/upgrades/v3"\n\tv4 "example.org/tally/app/upgrades/v4"\n',
  ],
];

const mistakes: readonly Mistake[] = [
  {
    title: 'a store that the one new upgrade lacks',
    rule: 'store-not-added',
    edits: [mount(ledger)],
    fixes: ['* Add the store "ledger" to the upgrade "v3"'],
  },
  {
    title: 'a store whose constant is not here',
    rule: 'store-not-added',
    edits: [
      mount('ledgertypes.StoreKey'),
      [keys, 'import (\n', 'import (\n\tledgertypes "example.com/ledger/types"\n'],
    ],
    fixes: ['Add the store "example.com/ledger/types.StoreKey" to the upgrade "v3"'],
  },
  {
    title: 'a store that either of two new upgrades may add',
    rule: 'store-not-added',
    edits: [mount(ledger), ...withFourth],
    files: fourth,
    fixes: [
      'Add the store "ledger" to the upgrade "v4"',
      'Add the store "ledger" to the upgrade "v3"',
    ],
  },
  {
    title: 'a new upgrade that is not in the list',
    rule: 'upgrade-not-registered',
    edits: outOfList,
    fixes: ['* Register "v3"'],
  },
  {
    title: 'a new upgrade beside an empty list',
    rule: 'upgrade-not-registered',
    base: [
      [list, '{v2.Upgrade}', '{}'],
      [list, '\tv2 "example.org/tally/app/upgrades/v2"\n', ''],
    ],
    edits: [
      [list, '{v2.Upgrade, v3.Upgrade}', '{}'],
      [list, '\tv2 "example.org/tally/app/upgrades/v2"\n', ''],
      [list, '\tv3 "example.org/tally/app/upgrades/v3"\n', ''],
    ],
    fixes: ['Register "v3"'],
  },
  {
    title: 'the same element twice in one list',
    rule: 'duplicate-upgrade',
    edits: [[list, 'v3.Upgrade}', 'v3.Upgrade, v3.Upgrade}']],
    fixes: ['* Take the second one out'],
  },
  {
    title: 'a second element of the same name that is written otherwise',
    rule: 'duplicate-upgrade',
    edits: [
      [
        list,
        'v3.Upgrade}',
        'v3.Upgrade, {UpgradeName: "v3", CreateUpgradeHandler: v3.CreateUpgradeHandler}}',
      ],
    ],
    fixes: [],
  },
  {
    title: 'a store that the release has and does not add',
    rule: 'stale-added',
    edits: [
      [
        v3,
        'CreateUpgradeHandler}',
        'CreateUpgradeHandler, StoreUpgrades: storetypes.StoreUpgrades{Added: []string{"bank"}}}',
      ],
      [v3, 'import (\n', 'import (\n\tstoretypes "cosmossdk.io/store/types"\n'],
    ],
    fixes: ['* Do not add "bank"'],
  },
  {
    title: 'a version without a migration',
    rule: 'migration-gap',
    edits: [['x/counter/module.go', 'uint64 { return 1 }', 'uint64 { return 2 }']],
    fixes: ['Register a migration that does nothing from 1'],
  },
  {
    title: 'a loader that compares no name, where another function shows how names are written',
    rule: 'store-loader-unconditional',
    edits: [
      [
        list,
        '\tfor _, upgrade := range Upgrades {\n\t\tif upgradeInfo.Name == upgrade.UpgradeName {\n' +
          '\t\t\tstoreUpgrades := upgrade.StoreUpgrades\n' +
          '\t\t\tapp.SetStoreLoader(upgradetypes.UpgradeStoreLoader(upgradeInfo.Height, &storeUpgrades))\n' +
          '\t\t}\n\t}\n}\n',
        '\tfor _, plan := range Upgrades {\n' +
          '\t\tstoreUpgrades := plan.StoreUpgrades\n' +
          '\t\tapp.SetStoreLoader(upgradetypes.UpgradeStoreLoader(upgradeInfo.Height, &storeUpgrades))\n' +
          '\t}\n}\n\nfunc title(plan upgradetypes.Plan) string { return plan.Name }\n',
      ],
    ],
    fixes: ["Compare the plan's name first"],
  },
  {
    title: 'a guard that asks for another name',
    rule: 'handler-signature',
    edits: [
      [
        app,
        '\tapp.setupUpgradeHandlers()\n',
        '\tapp.setupUpgradeHandlers()\n\tif app.UpgradeKeeper.HasHandler("v4") {\n\t\tpanic("v4")\n\t}\n' +
          '\tapp.UpgradeKeeper.SetUpgradeHandler("v5", nil)\n',
      ],
    ],
    fixes: ['Ask for "v5"'],
  },
];

describe('a fix', () => {
  for (const { title, rule, edits, base = [], files = {}, fixes } of mistakes) {
    const isPreferred = fixes.some(fix => fix.startsWith('*'));
    it(`of ${title} is ${isPreferred ? '' : 'not '}preferred`, async () => {
      const released = await layered([edited(sampleChain, base)]);
      const now = await layered([
        edited(new Map([...sampleChain, ...sampleNext]), edits),
        new Map(Object.entries(files)),
      ]);
      const found = problemsIn(now, released).filter(problem => problem.rule === rule);
      assert.equal(found.length, 1, `found: ${found.map(({ message }) => message).join('\n')}`);
      assert.deepEqual(
        found[0]!.fixes.map(fix => `${fix.preferred ? '* ' : ''}${fix.title}`),
        fixes,
      );
    });
  }
});

function edited(
  texts: ReadonlyMap<string, string>,
  edits: readonly Edit[],
): ReadonlyMap<string, string> {
  const changed = new Map(texts);
  for (const [file, before, after] of edits)
    changed.set(file, replaceOnce(file, changed.get(file)!, before, after));
  return changed;
}
