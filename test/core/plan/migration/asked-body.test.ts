import assert from 'node:assert/strict';
import { bodyAsked } from '../../../../core/plan/migration/asked-body.ts';
import { migrationQuestions } from '../../../../core/plan/migration/questions.ts';
import type { OptionValues } from '../../../../host/commands/answers.ts';
import { collectAnswers } from '../../../../host/commands/answers.ts';
import { chainTexts } from '../../../support/chains.ts';
import { replaceOnce } from '../../../support/edits.ts';
import { migrationIn, openChain } from '../../../support/plans.ts';

describe('a change of a key prefix', function () {
  this.timeout(30_000);
  it('moves what is under the old one', async () => {
    const opened = await openChain('methods');
    const plan = migrationIn(opened, 'glaze', undefined, { prefix: '0x01=0x1102' });
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
    ['0x01', /is not a change of a key prefix/],
    ['0x1=0x02', /is not a change of a key prefix/],
    ['0x01=0x02=0x03', /is not a change of a key prefix/],
  ] as const)
    it(`is refused for ${prefix}`, async () => {
      const opened = await openChain('methods');
      assert.match(migrationIn(opened, 'glaze', undefined, { prefix }).refused!.reason, reason);
    });
  it('is refused where the migration is handed no store', async () => {
    const opened = await openChain('list');
    assert.match(
      migrationIn(opened, 'berth', undefined, { prefix: '0x01=0x02' }).refused!.reason,
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
      const found = bodyAsked(answers);
      if ('error' in expected && expected.error instanceof RegExp)
        assert.match('error' in found ? found.error : '', expected.error);
      else assert.deepEqual(found, expected);
    });
});

describe('the questions about the body', () => {
  const idsOf = async (given: OptionValues, body: string) => {
    const opened = await openChain('methods');
    const ids: string[] = [];
    await collectAnswers(
      migrationQuestions,
      { module: 'x/glaze', ...given },
      answers => ({ ...opened, answers }),
      async ({ id, kind }) => {
        ids.push(id);
        if (id === 'body') return body;
        return kind === 'confirm' ? true : '0x01=0x02';
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
      assert.deepEqual(await idsOf(given, body), expected)).timeout(30_000);
});

describe('the question about the store', () => {
  const keeper = 'x/meadow/keeper/keeper.go';
  const field = '\tstoreKey storetypes.StoreKey\n';
  const asked = async (fields: string, body: string) => {
    const text = replaceOnce(keeper, chainTexts('none')[keeper]!, field, fields);
    const opened = await openChain('none', { texts: { [keeper]: text } });
    let offered: readonly string[] = [];
    const answers = await collectAnswers(
      migrationQuestions,
      { module: 'meadow' },
      now => ({ ...opened, answers: now }),
      async ({ id, kind, choices }, context) => {
        if (id === 'store') offered = choices!(context).map(({ value }) => value);
        if (id === 'store') return 'fees';
        if (id === 'body') return body;
        return kind === 'confirm' ? true : '0x01=0x02';
      },
    );
    return [answers['store'], ...offered];
  };
  const two = `${field}\tfees     storetypes.StoreKey\n`;

  it('is asked where the keeper has several', async () =>
    assert.deepEqual(await asked(two, 'prefix'), ['fees', 'storeKey', 'fees']));
  it('is not asked where it has one', async () =>
    assert.deepEqual(await asked(field, 'prefix'), [undefined]));
  it('is not asked for parameters', async () =>
    assert.deepEqual(await asked(two, 'new-params'), [undefined]));
});
