import assert from 'node:assert/strict';
import type { Question } from '../../core/plan/question.ts';
import { promptFor, readAnswer } from '../../generators/prompts.ts';

const base = { id: 'q', title: '', prompt: 'Which?', help: '' };
const choices = () => [
  { value: 'a', label: 'A', detail: 'the first', picked: true },
  { value: 'b', label: 'B' },
];
const validate = (value: unknown) => {
  const text = JSON.stringify(value);
  if (text.includes('bad')) return { severity: 'error' as const, message: 'bad' };
  return text.includes('odd') ? { severity: 'warning' as const, message: 'odd' } : undefined;
};

describe('promptFor', () => {
  it('ticks what is picked or the default', () => {
    const question: Question<null> = { ...base, kind: 'choices', choices };
    const ticks = (q: Question<null>) =>
      promptFor(q, null, 'select').choices?.map(choice => [choice.value, choice.checked]);
    assert.deepEqual(ticks(question), [
      ['a', true],
      ['b', false],
    ]);
    assert.deepEqual(ticks({ ...question, default: () => ['b'] }), [
      ['a', false],
      ['b', true],
    ]);
    assert.equal(promptFor(question, null, 'select').choices![0]!.name, 'A (the first)');
  });

  it('lets lists without choices be typed', () => {
    const prompt = promptFor(
      { ...base, kind: 'choices', default: () => ['x', 'y'], validate } satisfies Question<null>,
      null,
      'select',
    );
    assert.deepEqual(
      [prompt.type, prompt.default, prompt.message],
      ['input', 'x,y', 'Which? (separated by commas, empty for none)'],
    );
    assert.equal(prompt.validate!('x, bad'), 'bad');
  });

  it('stops at an error and passes a warning, whether values or choices are validated', () => {
    const text = promptFor(
      { ...base, kind: 'text', validate } satisfies Question<null>,
      null,
      'select',
    );
    assert.deepEqual(
      ['bad', 'odd', 'fine'].map(value => text.validate!(value)),
      ['bad', true, true],
    );
    const list = promptFor(
      { ...base, kind: 'choices', choices, validate } satisfies Question<null>,
      null,
      'select',
    );
    assert.deepEqual(
      [
        list.validate!(['bad']),
        list.validate!([{ value: 'bad' }]),
        list.validate!([{ value: 'a' }]),
      ],
      ['bad', 'bad', true],
    );
  });

  it("picks one by the adapter's own prompt", () => {
    const question: Question<null> = { ...base, kind: 'choice', choices, default: () => 'b' };
    assert.deepEqual(
      [
        promptFor(question, null, 'list').type,
        promptFor(question, null, 'select').type,
        promptFor(question, null, 'select').default,
      ],
      ['list', 'select', 'b'],
    );
  });
});

describe('readAnswer', () => {
  it('gives what the kind of question expects', () => {
    assert.deepEqual(readAnswer({ kind: 'choices' }, ['a', 'b']), ['a', 'b']);
    assert.deepEqual(readAnswer({ kind: 'choices' }, 'a, b,'), ['a', 'b']);
    assert.deepEqual(readAnswer({ kind: 'choices' }, undefined), []);
    assert.equal(readAnswer({ kind: 'text' }, ' v2 '), 'v2');
    assert.equal(readAnswer({ kind: 'confirm' }, 'yes'), false);
  });
});
