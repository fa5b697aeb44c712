import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { rules } from '../../core/lint/all.ts';
import { withFix } from '../../core/lint/fix.ts';
import { packetForwardParams } from '../../core/sdk/releases.ts';
import type { State } from '../../scripts/builds/states.ts';
import { typeChecked } from '../../scripts/builds/type-checked.ts';
import type { SourceEdit } from '../support/edits.ts';
import { put } from '../support/edits.ts';
import { pageOf, problemsIn, samplesOf } from '../support/rule-pages.ts';
import { writeFiles } from '../support/temp.ts';
import type { Row } from '../truth/row.ts';
import { rowsOf } from '../truth/rows.ts';
import { handler, list, stores } from '../truth/source.ts';
import type { Texts } from '../truth/versions.ts';
import { Versions } from '../truth/versions.ts';

/**
 * Further mistakes: no node is asked about them, or the one a node is asked about leaves the rule
 * without a repair to offer.
 */
const more: readonly Pick<Row, 'rule' | 'edits' | 'where' | 'release'>[] = [
  {
    rule: 'empty-rename',
    edits: [
      put(
        stores,
        '{OldKey: "box", NewKey: boxtypes.StoreKey},',
        '{OldKey: "box", NewKey: boxtypes.StoreKey},\n\t\t\t{OldKey: "", NewKey: "shelf2"},',
      ),
    ],
  },
  { rule: 'empty-rename', edits: [put(stores, 'OldKey: "box", ', '')] },
  {
    rule: 'deleted-not-a-store',
    edits: [put(stores, '\t\t\t"ledger",\n', '\t\t\t"ledger",\n\t\t\t"lodger",\n')],
  },
  // Of an upgrade that stands in the list twice one can go; a copy that kept its name has to get
  // another, which only its author knows.
  {
    rule: 'duplicate-upgrade',
    edits: [put(list, '\tv3.Upgrade,\n', '\tv3.Upgrade,\n\tv3.Upgrade,\n')],
  },
  // A result that has no name yet cannot be returned.
  {
    rule: 'run-migrations-result',
    edits: [
      put(
        handler,
        '\t\treturn toVM, nil\n',
        '\t\tif len(toVM) == 0 {\n\t\t\treturn nil, fmt.Errorf("upgrade %s: no modules", UpgradeName)\n\t\t}\n\t\treturn fromVM, nil\n',
      ),
    ],
  },
  {
    rule: 'handler-signature',
    edits: [
      put(
        list,
        '\tfor _, upgrade := range Upgrades {\n\t\tapp.UpgradeKeeper.SetUpgradeHandler(',
        `\tif app.UpgradeKeeper.HasHandler("v2") {
\t\tpanic("registered twice")
\t}
\tapp.UpgradeKeeper.SetUpgradeHandler("v9", v3.CreateUpgradeHandler(app.ModuleManager, app.configurator))
\tfor _, upgrade := range Upgrades {
\t\tapp.UpgradeKeeper.SetUpgradeHandler(`,
      ),
    ],
  },
];

const { module: ibc, package: middleware, keys, store, from } = packetForwardParams;
const mounted = put(
  'app/app.go',
  '\t\tboxtypes.StoreKey,\n',
  `\t\tboxtypes.StoreKey,\n\t\t"${store}",\n`,
);

/** The middleware comes from IBC, whose place a module takes that has no more than its names. */
const withMiddleware: (typeof more)[number] & { readonly before: readonly SourceEdit[] } = {
  rule: 'packet-forward-orphan-key',
  before: [mounted],
  edits: [
    mounted,
    put('go.mod', '\tcosmossdk.io/log ', `\t${ibc} v${from.join('.')}\n\tcosmossdk.io/log `),
    { file: 'app/middleware.go', after: `package app\n\nimport _ "${middleware}"\n` },
    {
      file: 'app/upgrades/v3/keys.go',
      after: `package v3

import storetypes "cosmossdk.io/store/types"

type keepers struct{ keys map[string]*storetypes.KVStoreKey }

func (k keepers) GetKey(name string) *storetypes.KVStoreKey {
	return k.keys[name]
}
`,
    },
    put(stores, 'CreateUpgradeHandler: Create', 'CreateUpgradeHandler: keepers{}.Create'),
    put(handler, 'func CreateUpgradeHandler(', 'func (k keepers) CreateUpgradeHandler('),
  ],
};

/** Rules whose repairs cannot be seen here, and why. */
const notHere: Readonly<Record<string, string>> = {
  'store-upgrades-loop-pointer':
    'the SDK of this chain demands Go 1.22 or newer, where each round of a loop has its own variable',
};

describe('what is left by the repairs that rules offer', function () {
  this.timeout(20 * 60_000);
  let versions: Versions;
  let folder: string;
  before(() => {
    folder = mkdtempSync(join(tmpdir(), 'chain-upgrade-repairs-'));
    versions = new Versions('0.50');
    writeFiles(join(folder, 'ibc'), {
      'go.mod': `module ${ibc}\n\ngo 1.23\n`,
      [join(middleware.slice(ibc.length + 1), 'doc.go')]: 'package packetforward\n',
      [join(keys.slice(ibc.length + 1), 'keys.go')]:
        `package types\n\nconst StoreKey = "${store}"\n`,
    });
  });
  after(() => {
    versions.remove();
    rmSync(folder, { recursive: true, force: true });
  });

  it('compiles', async () => {
    // One repaired version may be what several repairs lead to.
    const repaired = new Map<string, { readonly texts: Texts; readonly repairs: Set<string> }>();
    const repairing = new Set<string>();
    const madeHere = [...more.map(row => ({ ...row, before: [] })), withMiddleware];
    const asked = rowsOf('0.50').map(row => ({ ...row, before: [] }));
    for (const row of [...asked, ...madeHere]) {
      const { rule } = row;
      const { now, relint } = await versions.read(row, row.before);
      const problems = relint(now);
      assert.ok(
        problems.some(problem => problem.rule === rule),
        `${rule} is silent about its mistake`,
      );
      // Other rules may see the mistake too, and every repair is offered to a person.
      for (const { rule: speaking, fixes } of problems) {
        for (const fix of fixes) {
          const { texts } = withFix(now, fix);
          const written = JSON.stringify([...texts]);
          const version = repaired.get(written) ?? { texts, repairs: new Set<string>() };
          repaired.set(written, version);
          version.repairs.add(`${speaking}: ${fix.title}`);
          repairing.add(speaking);
        }
      }
    }
    const states = [...repaired.values()].map(({ texts, repairs }, i) =>
      stateOf([...repairs].join('; '), String(i), texts),
    );
    const { before, after } = typeChecked({ module: versions.next.dir, packages: './...' }, states);
    assert.deepEqual(before.words, []);
    assert.deepEqual(
      after.flatMap(({ words }, i) => words.map(line => `${states[i]!.variant}: ${line}`)),
      [],
    );
    console.log(
      `      ${[...repaired.values()].reduce((n, { repairs }) => n + repairs.size, 0)} repairs of ${repairing.size} rules compile, ${states.length} versions`,
    );
    const offering: string[] = [];
    for (const rule of rules) {
      const { base, bad } = await samplesOf(pageOf(rule));
      if (
        problemsIn(bad, base).some(
          problem => problem.rule === rule.name && problem.fixes.length > 0,
        )
      )
        offering.push(rule.name);
    }
    assert.deepEqual(
      offering.filter(name => !repairing.has(name)),
      Object.keys(notHere),
      'rules that offer repairs, of which none was compiled',
    );
    for (const [name, reason] of Object.entries(notHere))
      console.log(`        not compiled: ${name}, ${reason}`);
  });

  /** A file as Go is given it: IBC is a module beside the versions. */
  function withNames(file: string, text: string): string {
    return file === 'go.mod' && text.includes(ibc)
      ? `${text}\nreplace ${ibc} => ${join(folder, 'ibc')}\n`
      : text;
  }

  /** A version of the chain, laid over the good one. */
  function stateOf(variant: string, name: string, texts: Texts): State {
    const { good, next } = versions;
    const dir = join(folder, name);
    const replace: Record<string, string> = {};
    mkdirSync(dir);
    for (const [i, file] of [...new Set([...good.keys(), ...texts.keys()])].entries()) {
      const text = texts.get(file);
      if (text === good.get(file)) continue;
      // An empty path takes the file out.
      replace[join(next.dir, file)] = text === undefined ? '' : join(dir, String(i));
      if (text !== undefined) writeFileSync(join(dir, String(i)), withNames(file, text));
    }
    writeFileSync(join(dir, 'overlay.json'), JSON.stringify({ Replace: replace }));
    return {
      variant,
      plan: { creates: [], edits: [], notes: [] },
      overlay: join(dir, 'overlay.json'),
      changed: [],
      unformatted: [],
    };
  }
});
