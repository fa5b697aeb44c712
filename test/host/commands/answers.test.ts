import assert from 'node:assert/strict';
import type { Answers, Question } from '../../../core/plan/question.ts';
import { answerOf, collectAnswers } from '../../../host/commands/answers.ts';

interface Context {
  readonly answers: Answers;
}

const text: Question<Context> = {
  id: 'name',
  kind: 'text',
  title: 'Name',
  prompt: 'Which name?',
  help: 'the name',
  validate: value => {
    if (value === 'bad') return { severity: 'error', message: 'bad is no name' };
    return value === 'odd' ? { severity: 'warning', message: 'odd' } : undefined;
  },
};
const list: Question<Context> = {
  id: 'added',
  kind: 'choices',
  title: 'Added',
  prompt: 'Which?',
  help: 'stores',
  value: 'KEY,…',
};
const repeated: Question<Context> = { ...list, id: 'binary', repeatable: true };
const flag: Question<Context> = {
  id: 'test',
  kind: 'confirm',
  title: 'Test',
  prompt: 'A test?',
  help: 'a test',
  when: ({ answers }) => answers['name'] !== 'untested',
};
const questions = [text, list, repeated, flag];
const context = (answers: Answers): Context => ({ answers });

describe('answerOf', () => {
  it('splits lists at commas, repeated or not, and drops what is empty or there twice', () => {
    assert.deepEqual(answerOf(list, 'a, b,,a'), ['a', 'b']);
    assert.deepEqual(answerOf(list, ['a,b', 'c']), ['a', 'b', 'c']);
    assert.deepEqual(answerOf(list, ''), []);
  });

  it('leaves commas in values of an option that is repeated instead', () => {
    assert.deepEqual(answerOf(repeated, ['linux/amd64=https://example.org/a,b', ' x ']), [
      'linux/amd64=https://example.org/a,b',
      'x',
    ]);
    assert.deepEqual(answerOf({ ...repeated, kind: 'text' }, 'a,b'), ['a,b']);
  });

  it('keeps texts and flags as they are', () => {
    assert.equal(answerOf(text, 'v2, the second'), 'v2, the second');
    assert.equal(answerOf(text, ''), '');
    assert.equal(answerOf(flag, false), false);
  });

  it('says what an option does not take', () => {
    assert.throws(() => answerOf(list, true), /^Error: --added needs a value$/);
    assert.throws(() => answerOf(flag, 'yes'), /^Error: --test takes no value$/);
    assert.throws(() => answerOf(text, ['a', 'b']), /^Error: --name may be given once$/);
  });
});

describe('collectAnswers', () => {
  it('takes the defaults of what applies where nobody is asked', async () => {
    assert.deepEqual(await collectAnswers(questions, { name: 'v2', binary: undefined }, context), {
      name: 'v2',
    });
    const preset = questions.map(question => ({
      ...question,
      default: ({ answers }: Context) => `${question.id} after ${Object.keys(answers).join('+')}`,
    }));
    assert.deepEqual(await collectAnswers(preset, { added: 'a' }, context), {
      name: 'name after added',
      added: ['a'],
      binary: 'binary after added+name',
      test: 'test after added+name+binary',
    });
    assert.deepEqual(
      await collectAnswers(
        preset.filter(q => q.id !== 'binary'),
        { name: 'untested', added: '' },
        context,
      ),
      { name: 'untested', added: [] },
    );
  });

  it('asks what options leave open, in order, with the answers so far', async () => {
    const asked: unknown[] = [];
    const answers = await collectAnswers(
      questions,
      { added: 'a' },
      context,
      async ({ id }, { answers: soFar }) => {
        asked.push([id, { ...soFar }]);
        if (id === 'test') return true;
        return id === 'binary' ? [] : 'v2';
      },
    );
    assert.deepEqual(asked, [
      ['name', { added: ['a'] }],
      ['binary', { added: ['a'], name: 'v2' }],
      ['test', { added: ['a'], name: 'v2', binary: [] }],
    ]);
    assert.deepEqual(answers, { added: ['a'], name: 'v2', binary: [], test: true });
  });

  it('asks only what applies; an option is taken regardless', async () => {
    const ask = async () => {
      throw new Error('was asked');
    };
    assert.deepEqual(await collectAnswers([text, flag], { name: 'untested' }, context, ask), {
      name: 'untested',
    });
    assert.deepEqual(
      await collectAnswers([text, flag], { name: 'untested', test: true }, context, ask),
      { name: 'untested', test: true },
    );
  });

  it('refuses a wrong option before it asks anything, and passes a warning', async () => {
    let asked = 0;
    const ask = async () => {
      asked++;
      return 'x';
    };
    await assert.rejects(
      collectAnswers([list, text], { name: 'bad' }, context, ask),
      /^Refused: bad is no name$|^Error: bad is no name$/,
    );
    assert.equal(asked, 0);
    assert.deepEqual(await collectAnswers([text], { name: 'odd' }, context), { name: 'odd' });
  });
});
