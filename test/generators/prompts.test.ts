import { deepStrictEqual, strictEqual } from 'node:assert/strict';
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
    deepStrictEqual(ticks(question), [
      ['a', true],
      ['b', false],
    ]);
    deepStrictEqual(ticks({ ...question, default: () => ['b'] }), [
      ['a', false],
      ['b', true],
    ]);
    strictEqual(promptFor(question, null, 'select').choices![0]!.name, 'A (the first)');
  });

  it('lets lists without choices be typed', () => {
    const prompt = promptFor(
      { ...base, kind: 'choices', default: () => ['x', 'y'], validate } satisfies Question<null>,
      null,
      'select',
    );
    deepStrictEqual(
      [prompt.type, prompt.default, prompt.message],
      ['input', 'x,y', 'Which? (separated by commas, empty for none)'],
    );
    strictEqual(prompt.validate!('x, bad'), 'bad');
  });

  it('stops at an error and passes a warning, whether values or choices are validated', () => {
    const text = promptFor(
      { ...base, kind: 'text', validate } satisfies Question<null>,
      null,
      'select',
    );
    deepStrictEqual(
      ['bad', 'odd', 'fine'].map(value => text.validate!(value)),
      ['bad', true, true],
    );
    const list = promptFor(
      { ...base, kind: 'choices', choices, validate } satisfies Question<null>,
      null,
      'select',
    );
    deepStrictEqual(
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
    deepStrictEqual(
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
    deepStrictEqual(readAnswer({ kind: 'choices' }, ['a', 'b']), ['a', 'b']);
    deepStrictEqual(readAnswer({ kind: 'choices' }, 'a, b,'), ['a', 'b']);
    deepStrictEqual(readAnswer({ kind: 'choices' }, undefined), []);
    strictEqual(readAnswer({ kind: 'text' }, ' v2 '), 'v2');
    strictEqual(readAnswer({ kind: 'confirm' }, 'yes'), false);
  });
});
