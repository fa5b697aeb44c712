import assert from 'node:assert/strict';
import { eraIdentifier, isEraName } from '../../../../core/plan/era/facts.ts';
import { eraWiring } from '../../../../core/plan/era/wiring.ts';
import type { Generation } from '../../../../core/sdk/generations.ts';
import { eraFacts, eraTexts } from '../../../support/era-files.ts';
import { repoOf } from '../../../support/go.ts';

const generations: readonly Generation[] = ['0.47', '0.50', '0.53', '0.54', '0.55'];

describe('the files of x/era', () => {
  for (const generation of generations)
    it(`have the imports of SDK ${generation}`, async () => {
      const texts = await eraTexts(eraFacts(generation));
      const repo = await repoOf(texts);
      for (const [file, text] of Object.entries(texts))
        assert.equal(repo.facts(file)?.text, text, file);
      const isOld = generation === '0.47';
      assert.equal(/storeService store\.KVStoreService/.test(texts['x/era/keeper.go']!), !isOld);
      assert.equal(/\bPreBlock\(ctx context\.Context\)/.test(texts['x/era/module.go']!), !isOld);
      assert.equal(texts['x/era/votes.go']!.includes('"cosmossdk.io/collections"'), !isOld);
    });

  it('have every era and the release that supports it first', async () => {
    const texts = await eraTexts(eraFacts('0.50'));
    const supported = texts['x/era/supported.go']!;
    assert.match(supported, /\tThales {5}Era = "thales"\n\tPythagoras Era = "pythagoras"\n/);
    assert.match(supported, /\tThales,\n\tPythagoras,\n/);
    assert.match(supported, /map\[Era\]string\{\n\tPythagoras: "v2\.1\.0",\n\}/);
    const one = await eraTexts(eraFacts('0.50', { supported: [{ name: 'thales' }] }));
    assert.match(one['x/era/supported.go']!, /var Since = map\[Era\]string\{\}\n/);
  });

  it('have no store and no decisions where the heights are compiled in', async () => {
    const texts = await eraTexts(eraFacts('0.50', { governed: false }));
    assert.deepEqual(Object.keys(texts).sort(), [
      'cmd/tinyd/era.go',
      'x/era/era.go',
      'x/era/era_test.go',
      'x/era/keeper.go',
      'x/era/module.go',
      'x/era/reader.go',
      'x/era/schedule.go',
      'x/era/supported.go',
      'x/era/switch.go',
    ]);
    assert.doesNotMatch(Object.values(texts).join(''), /gov|StoreKey|announce NAME/);
  });
});

describe('a switch of x/era', () => {
  it('has a function and a test for every era', async () => {
    const texts = await eraTexts(eraFacts('0.50', { switches: ['block-fee'] }));
    const skeleton = texts['x/era/block_fee_switch.go']!;
    assert.match(skeleton, /^var BlockFee = NewSwitch\("block-fee", Supported, /m);
    assert.match(skeleton, /\tThales: {5}blockFeeThales,\n\tPythagoras: blockFeePythagoras,\n\}\)/);
    assert.match(skeleton, /^func blockFeeThales\(sdk\.Context\) error \{$/m);
    assert.equal(skeleton.match(/What the chain did so far belongs here/g)?.length, 1);
    const test = texts['x/era/block_fee_switch_test.go']!;
    assert.deepEqual(
      [...test.matchAll(/t\.Run\("(\w+)"/g)].map(([, name]) => name),
      ['thales', 'pythagoras'],
    );
  });

  it('is refused where its name, or that of an era, is taken', async () => {
    const refused = [
      [{ switches: ['keeper'] }, /"keeper" would be Keeper in x\/era, which is taken/],
      [{ switches: ['thales'] }, /"thales" would be Thales/],
      [{ supported: [{ name: 'first' }] }, /"first" would be First/],
      [{ switches: ['a-b', 'aB'] }, /"aB" would be AB/],
    ] as const;
    for (const [more, why] of refused) await assert.rejects(eraTexts(eraFacts('0.50', more)), why);
  });
});

describe('the name of an era', () => {
  it('is small letters, digits and hyphens', () => {
    for (const name of ['a', 'pythagoras', 'zeta-2']) assert.ok(isEraName(name), name);
    for (const name of ['', 'Thales', '2a', 'a_b', 'a-', 'a--b', 'a b', 'ä'])
      assert.ok(!isEraName(name), name);
  });

  it('has a constant', () => {
    assert.equal(eraIdentifier('pythagoras'), 'Pythagoras');
    assert.equal(eraIdentifier('zeta-2'), 'Zeta2');
  });
});

describe('the wiring of x/era', () => {
  it('is behind x/upgrade and first in a genesis', () => {
    assert.deepEqual(
      [...eraWiring('0.50', true).orders],
      [
        ['PreBlockers', { after: 'upgrade' }],
        ['InitGenesis', 'first'],
        ['ExportGenesis', 'first'],
      ],
    );
    assert.deepEqual(
      [...eraWiring('0.47', false).orders],
      [['BeginBlockers', { after: 'upgrade' }]],
    );
  });
});
