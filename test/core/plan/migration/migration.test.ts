import assert from 'node:assert/strict';
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { restep } from '../../../../core/edit/version-step.ts';
import { lint } from '../../../../core/lint/lint.ts';
import type { Answers } from '../../../../core/plan/question.ts';
import { chainsDir, chainTexts } from '../../../support/chains.ts';
import { gofmtIsHere, gofmtWish } from '../../../support/gofmt.ts';
import type { Opened } from '../../../support/plans.ts';
import { applied, asPatch, migrationIn, openChain } from '../../../support/plans.ts';

const goldens = join(chainsDir, '../goldens/migration');
const update = process.env['UPDATE'] === '1';

/**
 * The module that is migrated in a small chain, the name of its golden. Run with UPDATE=1 to write
 * the goldens anew, then review them.
 */
const reviewed: readonly (readonly [chain: string, module: string, answers?: Answers])[] = [
  ['list', 'berth'],
  ['closures', 'stone'],
  ['typed', 'wick'],
  ['typed', 'flame'],
  ['latest', 'summit'],
  ['nested', 'egg'],
  ['registry', 'parcel'],
  ['none', 'meadow'],
  ['methods', 'glaze'],
  ['methods', 'glaze', { 'new-params': 'peak_heat' }],
  ['latest', 'summit', { 'new-params': 'MaxParties,BaseCamps' }],
  ['statements-if', 'smelter', { 'new-params': 'Ore, Heat' }],
  ['statements', 'tide', { 'legacy-params': true }],
  ['latest', 'summit', { 'old-codec': 'Oxygen=types.TextValue[uint64]()' }],
];

describe("a module's migration", function () {
  this.timeout(30_000);
  const written = new Set<string>();

  for (const [chain, module, answers] of reviewed) {
    const name = `${[chain, module, ...Object.keys(answers ?? {})].join('-')}.patch`;
    it(`of ${module} in the chain ${chain}${answers ? ` with ${JSON.stringify(answers)}` : ''} is what was reviewed, gofmt-clean, and refused a second time`, async () => {
      const opened = await openChain(chain);
      const plan = migrationIn(opened, module, undefined, answers);
      const text = asPatch(plan);
      const file = join(goldens, name);
      assert.equal(plan.refused?.reason, undefined);
      written.add(name);
      if (update) {
        mkdirSync(dirname(file), { recursive: true });
        writeFileSync(file, text);
      }
      assert.ok(
        existsSync(file),
        `there is no golden ${name}; write it with UPDATE=1 and review it`,
      );
      assert.equal(text, readFileSync(file, 'utf8'));
      for (const { file: path, text: made } of [
        ...plan.creates,
        ...plan.edits.map(e => ({ file: e.file, text: e.after })),
      ])
        if (gofmtIsHere) assert.equal(gofmtWish(made), undefined, path);
      assert.match(
        migrationIn(applied(opened, plan), module, opened).refused!.reason,
        /was raised from version \d to \d since the last release already/,
      );
    });
  }

  it('leaves no golden behind that nothing asks for', () => {
    const stale = readdirSync(goldens).filter(
      file => file.endsWith('.patch') && !written.has(file),
    );
    if (update) for (const file of stale) rmSync(join(goldens, file));
    else assert.deepEqual(stale, []);
  });

  it('follows an older function however long it is', async () => {
    const file = 'x/stone/migrations/v2/store.go';
    const short = chainTexts('closures')[file]!;
    const long = short.replace(
      '\treturn nil\n',
      '\tfor i := 0; i < 3; i++ {\n\t\tprintln("a step of a long way", i)\n\t}\n'.repeat(20) +
        '\treturn nil\n',
    );
    assert.notEqual(long, short);
    const [asIs, grown] = await Promise.all([
      openChain('closures'),
      openChain('closures', { texts: { [file]: long } }),
    ]);
    assert.equal(asPatch(migrationIn(grown, 'stone')), asPatch(migrationIn(asIs, 'stone')));
  });

  it("leaves the lint's migration rules silent, which speak up once the registration is taken out", async () => {
    const opened = await openChain('closures');
    const plan = migrationIn(opened, 'stone');
    const after = applied(opened, plan);
    const found = (o: Opened) =>
      lint(o, {
        bases: [{ ref: 'v1', chain: opened.chain, repo: opened.repo, merged: true }],
      })
        .filter(p => p.rule.startsWith('migration'))
        .map(p => p.rule);
    assert.deepEqual(found(after), []);
    const edit = plan.edits.find(e => e.file === 'x/stone/module.go')!;
    const without = edit.after.replace(
      /\n\tif err := cfg\.RegisterMigration\([\w.]+, 2,[\s\S]*?\n\t\}\n/,
      '\n',
    );
    assert.notEqual(without, edit.after);
    const dropped = applied(opened, {
      ...plan,
      edits: plan.edits.map(e => (e === edit ? { ...e, after: without } : e)),
    });
    assert.deepEqual(found(dropped), ['migration-gap']);
  });

  const refusals: readonly (readonly [
    title: string,
    chain: string,
    module: string,
    texts: (chain: Readonly<Record<string, string>>) => Record<string, string>,
    reason: RegExp,
  ])[] = [
    [
      'a name that no module has',
      'closures',
      'pebble',
      () => ({}),
      /no module "pebble" with a ConsensusVersion \(found: stone\)/,
    ],
    ['no name', 'closures', '', () => ({}), /name the module/],
    [
      'a version that is computed',
      'closures',
      'stone',
      chain => ({
        'x/stone/module.go': chain['x/stone/module.go']!.replace(
          /(ConsensusVersion\(\) uint64 \{\s*return )[^\n}]+/,
          '$1am.wrapped.ConsensusVersion() ',
        ),
      }),
      /is computed, or that of a module it wraps/,
    ],
    [
      'a migration that waits for its version',
      'closures',
      'stone',
      chain => ({
        'x/stone/module.go': chain['x/stone/module.go']!.replace(
          'RegisterMigration(types.ModuleName, 1,',
          'RegisterMigration(types.ModuleName, 2,',
        ),
      }),
      /from version 2 is registered already; raise its ConsensusVersion to 3/,
    ],
  ];
  for (const [title, chain, module, change, reason] of refusals) {
    it(`is refused for ${title}`, async () => {
      const plan = migrationIn(
        await openChain(chain, { texts: change(chainTexts(chain)) }),
        module,
      );
      assert.match(plan.refused?.reason ?? 'offered', reason);
      assert.deepEqual([plan.creates, plan.edits], [[], []]);
    });
  }
});

describe('a text that speaks of a step', () => {
  const old = { from: 1, to: 2 };
  const now = { from: 2, to: 3 };
  for (const [text, expected] of [
    ['Migrate1to2', 'Migrate2to3'],
    ['MigrateVersion1To2', 'MigrateVersion2To3'],
    ['Migratev1Tov2', 'Migratev2Tov3'],
    ['V2Migration', 'V3Migration'],
    ['migrationV2', 'migrationV3'],
    [
      '"failed to migrate x/%s from version 1 to 2: %v"',
      '"failed to migrate x/%s from version 2 to 3: %v"',
    ],
    ['from version 1 to version 2', 'from version 2 to version 3'],
    ['MigrateParams', undefined],
    ['v12', undefined],
    ['Migrate11to2', undefined],
  ] as const) {
    it(`${text} becomes ${expected ?? 'nothing'}`, () =>
      assert.equal(restep(text, old, now), expected));
  }
});
