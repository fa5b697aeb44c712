import assert from 'node:assert/strict';
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { lint } from '../../../../core/lint/lint.ts';
import { bodyAsked } from '../../../../core/plan/migration/asked-body.ts';
import { migrationQuestions } from '../../../../core/plan/migration/questions.ts';
import { restep } from '../../../../core/plan/migration/step.ts';
import type { Plan } from '../../../../core/plan/plan.ts';
import type { Answers } from '../../../../core/plan/question.ts';
import { planMigration } from '../../../../core/tasks/tasks.ts';
import type { Given } from '../../../../host/commands/answers.ts';
import { collectAnswers } from '../../../../host/commands/answers.ts';
import { chainsDir, chainTexts } from '../../../support/chains.ts';
import { gofmtIsHere, gofmtWish } from '../../../support/gofmt.ts';
import type { Opened } from '../../../support/plans.ts';
import { applied, asPatch, inputOf, openChain } from '../../../support/plans.ts';

const goldens = join(chainsDir, '../goldens/migration');
const update = process.env['UPDATE'] === '1';

/**
 * The module that is migrated in a small chain, the name of its golden. Run with UPDATE=1 to write
 * the goldens anew, then review them.
 */
const asked: readonly (readonly [chain: string, module: string, answers?: Answers])[] = [
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

function planFor(
  opened: Opened,
  module: string,
  base = undefined as Opened | undefined,
  answers: Answers = {},
): Plan {
  return planMigration(inputOf(opened, base?.chain), { module, ...answers });
}

describe("a module's migration", function () {
  this.timeout(30_000);
  const written = new Set<string>();

  for (const [chain, module, answers] of asked) {
    const name = `${[chain, module, ...Object.keys(answers ?? {})].join('-')}.patch`;
    it(`of ${module} in the chain ${chain}${answers ? ` with ${JSON.stringify(answers)}` : ''} is what was reviewed, gofmt-clean, and refused a second time`, async () => {
      const opened = await openChain(chain);
      const plan = planFor(opened, module, undefined, answers);
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
        planFor(applied(opened, plan), module, opened).refused!.reason,
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
    assert.equal(asPatch(planFor(grown, 'stone')), asPatch(planFor(asIs, 'stone')));
  });

  it("leaves the lint's migration rules silent, which speak up once the registration is taken out", async () => {
    const opened = await openChain('closures');
    const plan = planFor(opened, 'stone');
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
      /\n\tif err := cfg\.RegisterMigration\([\w.]+, 2,[^]*?\n\t\}\n/,
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
      const plan = planFor(await openChain(chain, { texts: change(chainTexts(chain)) }), module);
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

describe('a change of a key prefix', function () {
  this.timeout(30_000);
  it('moves what is under the old one', async () => {
    const opened = await openChain('methods');
    const plan = planFor(opened, 'glaze', undefined, { prefix: '0x01=0x1102' });
    assert.equal(plan.refused, undefined);
    const [store, test] = ['store.go', 'store_test.go'].map(
      name => plan.creates.find(c => c.file.endsWith(`/${name}`))!.text,
    );
    assert.match(store!, /oldPrefix, newPrefix := \[\]byte\{0x01\}, \[\]byte\{0x11, 0x02\}\n/);
    assert.match(test!, /before := map\[string\]string\{\n\t\t"\\x01key": "value",/);
    assert.match(test!, /after := map\[string\]string\{\n\t\t"\\x11\\x02key": "value",/);
    assert.match(test!, /for i := 0; i < 2; i\+\+ \{/);
  });
  for (const [prefix, reason] of [
    ['0x01=0x0102', /one prefix begins with the other/],
    ['0x01', /is no change of a key prefix/],
    ['0x1=0x02', /is no change of a key prefix/],
    ['0x01=0x02=0x03', /is no change of a key prefix/],
  ] as const)
    it(`is refused for ${prefix}`, async () => {
      const opened = await openChain('methods');
      assert.match(planFor(opened, 'glaze', undefined, { prefix }).refused!.reason, reason);
    });
  it('is refused where the migration is handed no store', async () => {
    const opened = await openChain('list');
    assert.match(
      planFor(opened, 'berth', undefined, { prefix: '0x01=0x02' }).refused!.reason,
      /would be handed no store/,
    );
  });
});

describe('the body that is asked for', () => {
  for (const [answers, expected] of [
    [{}, { body: 'own' }],
    [{ body: 'own' }, { body: 'own' }],
    [{ prefix: '0x01=0x02' }, { body: 'prefix' }],
    [{ body: 'prefix', prefix: '0x01=0x02' }, { body: 'prefix' }],
    [{ body: 'prefix' }, { error: '--body prefix needs --prefix too' }],
    [
      { body: 'own', prefix: '0x01=0x02' },
      { error: '--body own and --prefix ask for two migrations; give one of them' },
    ],
    [{ body: 'other' }, { error: /^there is no body other; choose one of own, prefix/ }],
  ] as const)
    it(`is ${'body' in expected ? expected.body : 'refused'} for ${JSON.stringify(answers)}`, () => {
      const asked = bodyAsked(answers);
      if ('error' in expected && expected.error instanceof RegExp)
        assert.match('error' in asked ? asked.error : '', expected.error);
      else assert.deepEqual(asked, expected);
    });
});

describe('the questions about the body', () => {
  const asked = async (given: Given, body: string) => {
    const { repo, chain, app } = await openChain('methods');
    const ids: string[] = [];
    await collectAnswers(
      migrationQuestions,
      { module: 'x/glaze', ...given },
      answers => ({ repo, chain, app, answers }),
      async ({ id, kind }) => {
        ids.push(id);
        return id === 'body' ? body : kind === 'confirm' ? true : '0x01=0x02';
      },
    );
    return ids;
  };
  for (const [title, given, body, expected] of [
    ['one that is still to be written', {}, 'own', ['body', 'test']],
    ['a key prefix', {}, 'prefix', ['body', 'prefix', 'test']],
    ['new parameters', {}, 'new-params', ['body', 'new-params', 'test']],
    ['parameters in x/params', {}, 'legacy-params', ['body', 'test']],
    ['a collection', {}, 'old-codec', ['body', 'old-codec', 'test']],
    ['a message', {}, 'old-type', ['body', 'old-type', 'test']],
    ['an option that says it', { prefix: '0x01=0x02' }, 'own', ['test']],
  ] as const)
    it(`are those of ${title}`, async () =>
      assert.deepEqual(await asked(given, body), expected)).timeout(30_000);
});

describe('parameters in x/params', function () {
  this.timeout(30_000);
  const refusals: readonly (readonly [
    title: string,
    chain: string,
    module: string,
    change: (chain: Readonly<Record<string, string>>) => Record<string, string>,
    reason: RegExp,
  ])[] = [
    [
      'a keeper that still has them there',
      'statements-if',
      'smelter',
      () => ({}),
      /still keeps its parameters in x\/params/,
    ],
    [
      'a module without its subspace',
      'methods',
      'glaze',
      () => ({}),
      /nothing of glaze holds its subspace of x\/params; give AppModule in x\/glaze a field legacySubspace/,
    ],
    [
      'parameters that x/params cannot find',
      'statements',
      'tide',
      chain => ({
        'x/tide/types/params.go': chain['x/tide/types/params.go']!.replace(
          'ParamSetPairs()',
          'Pairs()',
        ),
      }),
      /has no ParamSetPairs, by which x\/params finds the old parameters/,
    ],
    [
      'a migrator made in several lines',
      'statements',
      'tide',
      chain => ({
        'x/tide/module.go': chain['x/tide/module.go']!.replace(
          'NewMigrator(am.keeper)',
          'NewMigrator(\n\t\tam.keeper,\n\t)',
        ),
      }),
      /has a list of several lines where am\.legacySubspace belongs/,
    ],
  ];
  for (const [title, chain, module, change, reason] of refusals) {
    it(`are refused for ${title}`, async () => {
      const plan = planFor(
        await openChain(chain, { texts: change(chainTexts(chain)) }),
        module,
        undefined,
        { 'legacy-params': true },
      );
      assert.match(plan.refused?.reason ?? 'offered', reason);
    });
  }
});

describe('a subspace of x/params that only reads what is there', function () {
  this.timeout(30_000);
  it('is read in that way', async () => {
    const texts = {
      'x/tide/exported/exported.go': chainTexts('statements')[
        'x/tide/exported/exported.go'
      ]!.replace('GetParamSet(', 'GetParamSetIfExists('),
    };
    const plan = planFor(await openChain('statements', { texts }), 'tide', undefined, {
      'legacy-params': true,
    });
    assert.match(
      plan.creates.find(c => c.file.endsWith('/store.go'))!.text,
      /legacySubspace\.GetParamSetIfExists\(ctx, &params\)/,
    );
  });
});

describe('a collection with another codec', function () {
  this.timeout(30_000);
  for (const [title, asked, reason] of [
    ['what names no codec', 'Oxygen', /names no collection and the codec its values had/],
    ['a field that there is not', 'Air=collections.StringValue', /has no field Air/],
    [
      'a codec of another type',
      'Oxygen=collections.StringValue',
      /holds uint64, and collections\.StringValue is one of string, not a codec of that/,
    ],
    [
      'a codec of an unknown type',
      'Oxygen=types.OldValue',
      /types\.OldValue is not known to be a codec of that/,
    ],
    [
      'a codec that is gone',
      'Oxygen=types.WordValue[uint64]()',
      /x\/summit\/types declares no WordValue; the codec that the values had has to stay/,
    ],
    ['the codec it has', 'Oxygen=collections.Uint64Value', /has collections\.Uint64Value now/],
    [
      'a package that is not known',
      'Oxygen=old.TextValue[uint64]()',
      /old is imported by no file that builds the Keeper/,
    ],
  ] as const) {
    it(`is refused for ${title}`, async () =>
      assert.match(
        planFor(await openChain('latest'), 'summit', undefined, { 'old-codec': asked }).refused
          ?.reason ?? 'offered',
        reason,
      ));
  }
});

describe('new parameters', function () {
  this.timeout(30_000);
  const refusals: readonly (readonly [
    title: string,
    chain: string,
    module: string,
    answers: Answers,
    texts: Record<string, string>,
    reason: RegExp,
  ])[] = [
    [
      'a field that has no default',
      'methods',
      'glaze',
      { 'new-params': 'Kiln' },
      {},
      /types\.DefaultParams sets no Kiln \(it sets Coats, PeakHeat\); give it a default there first/,
    ],
    [
      'a module that keeps none',
      'list',
      'berth',
      { 'new-params': 'Kiln' },
      {},
      /the Keeper in x\/berth\/keeper has no GetParams and no SetParams, and no collections\.Item of them/,
    ],
    [
      'a key that only its package can name',
      'statements-if',
      'smelter',
      { 'new-params': 'Secret' },
      {},
      /the key of Secret in x\/params is keySecret/,
    ],
    [
      'a second migration in one',
      'methods',
      'glaze',
      { 'new-params': 'Coats', prefix: '0x01=0x02' },
      {},
      /ask for two migrations/,
    ],
    [
      'a method of another shape',
      'methods',
      'glaze',
      { 'new-params': 'Coats' },
      {
        'x/glaze/keeper/params.go':
          'package keeper\n\nimport (\n\tsdk "github.com/cosmos/cosmos-sdk/types"\n\n\t"github.com/kiln-works/kiln/x/glaze/types"\n)\n\nfunc (k Keeper) GetParams(ctx sdk.Context) (types.Params, bool) { return types.Params{}, false }\n\nfunc (k Keeper) SetParams(ctx sdk.Context, params types.Params) {}\n',
      },
      /has a GetParams\(sdk\.Context\) \(types\.Params, bool\), which is not followed/,
    ],
  ];
  for (const [title, chain, module, answers, texts, reason] of refusals) {
    it(`are refused for ${title}`, async () => {
      const plan = planFor(await openChain(chain, { texts }), module, undefined, answers);
      assert.match(plan.refused?.reason ?? 'offered', reason);
      assert.deepEqual([plan.creates, plan.edits], [[], []]);
    });
  }
});
