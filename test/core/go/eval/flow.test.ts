import assert from 'node:assert/strict';
import { isAlwaysSetBefore, leavesFunction, mayBothRun } from '../../../../core/go/eval/flow.ts';
import type { SyntaxNode } from '../../../../core/go/syntax/syntax.ts';
import { callsOf, childByField, findAll } from '../../../../core/go/syntax/syntax.ts';
import { factsOf } from '../../../support/go.ts';

interface Parsed {
  readonly text: string;
  readonly fn: SyntaxNode;
}

/** A function with this body. */
function parsed(body: string): Parsed {
  const { text, funcs } = factsOf(`package a\n\nfunc f() {\n${body}\n}\n`);
  return { text, fn: funcs[0]!.syntax! };
}

/** Whether the call of one and that of two may happen in one run. */
function both(body: string): boolean {
  const { text, fn } = parsed(body);
  const [one, two] = ['one', 'two'].map(name => callsOf(fn, text, name)[0]!);
  return mayBothRun(one!, two!, text);
}

/** Whether the first statement of the body leaves the function. */
function leaves(body: string): boolean {
  const { text, fn } = parsed(body);
  return leavesFunction(childByField(fn, 'body')!.children[0]!, text);
}

/** Whether `x = …` was run on every way to the call of use. */
function isSet(body: string): boolean {
  const { text, fn } = parsed(body);
  const assignments = findAll(fn, 'assignment_statement');
  return isAlwaysSetBefore(callsOf(fn, text, 'use')[0]!, text, node => assignments.includes(node));
}

describe('what can both be reached in one run', () => {
  const cases: readonly [string, boolean, string][] = [
    ['one after the other', true, 'one()\ntwo()'],
    ['a return between them', false, 'one()\nreturn\ntwo()'],
    ['a panic between them', false, 'one()\npanic("no")\ntwo()'],
    ['both branches of an if', false, 'if x {\none()\n} else {\ntwo()\n}'],
    ['branches of an else if', false, 'if x {\none()\n} else if y {\ntwo()\n}'],
    ['a branch and what follows', true, 'if x {\none()\n}\ntwo()'],
    ['a branch that returns', false, 'if x {\none()\nreturn\n}\ntwo()'],
    ['a branch that may return', true, 'if x {\none()\nif y {\nreturn\n}\n}\ntwo()'],
    [
      'a branch that returns on both ways',
      false,
      'if x {\none()\nif y {\nreturn\n} else {\npanic(y)\n}\n}\ntwo()',
    ],
    ['a call in what is returned', false, 'if x {\nreturn one()\n}\ntwo()'],
    ['two cases', false, 'switch x {\ncase 1:\none()\ncase 2:\ntwo()\n}'],
    ['a case and the default', false, 'switch x {\ncase 1:\none()\ndefault:\ntwo()\n}'],
    [
      'a case that falls through',
      true,
      'switch x {\ncase 1:\none()\nfallthrough\ncase 2:\ntwo()\n}',
    ],
    ['a case and what follows', true, 'switch x {\ncase 1:\none()\nbreak\n}\ntwo()'],
    ['a case that returns', false, 'switch x {\ncase 1:\none()\nreturn\n}\ntwo()'],
    [
      'a switch between them that always leaves',
      false,
      'one()\nswitch x {\ncase 1:\nreturn\ndefault:\npanic(x)\n}\ntwo()',
    ],
    [
      'a switch between them without a default',
      true,
      'one()\nswitch x {\ncase 1:\nreturn\n}\ntwo()',
    ],
    ['one round of a loop', false, 'for range x {\nif y {\none()\ncontinue\n}\ntwo()\n}'],
    ['a loop and what follows', true, 'for range x {\none()\ncontinue\n}\ntwo()'],
    ['a break out of the loop', true, 'for range x {\none()\nbreak\n}\ntwo()'],
    [
      'a label of the outer loop',
      false,
      'outer:\nfor range x {\nfor range y {\none()\ncontinue outer\n}\ntwo()\n}',
    ],
    ['a loop without end between them', false, 'one()\nfor {\nwait()\n}\ntwo()'],
    ['a loop without end that breaks', true, 'one()\nfor {\nbreak\n}\ntwo()'],
    ['a closure that returns', true, 'g := func() {\none()\nreturn\n}\ng()\ntwo()'],
    ['types of a switch', false, 'switch x.(type) {\ncase int:\none()\ndefault:\ntwo()\n}'],
  ];
  for (const [title, expected, body] of cases)
    it(`${title}: ${expected ? 'yes' : 'no'}`, () => assert.equal(both(body), expected));
});

describe('what leaves the function', () => {
  const cases: readonly [string, boolean, string][] = [
    ['a return', true, 'return'],
    ['os.Exit', true, 'os.Exit(1)'],
    ['a logger that ends the process', true, 'logger.Fatal("no")'],
    ['another call', false, 'logger.Info("yes")'],
    ['an if without else', false, 'if x {\nreturn\n}'],
    ['an if of two ways', true, 'if x {\nreturn\n} else {\npanic(x)\n}'],
    ['a default that is missing', false, 'switch x {\ncase 1:\nreturn\n}'],
    ['all cases', true, 'switch x {\ncase 1:\nreturn\ndefault:\nreturn\n}'],
    ['a case that breaks', false, 'switch x {\ncase 1:\nbreak\ndefault:\nreturn\n}'],
    ['a loop that may have no round', false, 'for range x {\nreturn\n}'],
    ['a block', true, '{\nreturn\n}'],
  ];
  for (const [title, expected, body] of cases)
    it(`${title}: ${expected ? 'yes' : 'no'}`, () => assert.equal(leaves(body), expected));
});

describe('what is set on every way', () => {
  const cases: readonly [string, boolean, string][] = [
    ['before the use', true, 'x = 1\nuse(x)'],
    ['after the use', false, 'use(x)\nx = 1'],
    ['in a branch', false, 'if y {\nx = 1\n}\nuse(x)'],
    ['in a closure called at once', true, 'func() {\nx = 1\n}()\nuse(x)'],
    ['in a branch of one', false, 'func() {\nif y {\nx = 1\n}\n}()\nuse(x)'],
    ['in both branches', true, 'if y {\nx = 1\n} else {\nx = 2\n}\nuse(x)'],
    ['in the branch of the use', true, 'if y {\nx = 1\nuse(x)\n}'],
    ['in the other branch', false, 'if y {\nx = 1\n} else {\nuse(x)\n}'],
    ['where the else leaves', true, 'if y {\nx = 1\n} else {\nreturn\n}\nuse(x)'],
    ['where the if leaves', true, 'if y {\nreturn\n} else {\nx = 1\n}\nuse(x)'],
    ['in all cases', true, 'switch y {\ncase 1:\nx = 1\ndefault:\nx = 2\n}\nuse(x)'],
    ['where the default leaves', true, 'switch y {\ncase 1:\nx = 1\ndefault:\nreturn\n}\nuse(x)'],
    ['where a default is missing', false, 'switch y {\ncase 1:\nx = 1\n}\nuse(x)'],
    ['where a case breaks', false, 'switch y {\ncase 1:\nbreak\ndefault:\nx = 2\n}\nuse(x)'],
    ['in a loop', false, 'for range y {\nx = 1\n}\nuse(x)'],
    ['in the header of the if', true, 'if x = y(); x > 0 {\nuse(x)\n}'],
    [
      'before a return of another way',
      true,
      'if y {\nx = 1\n} else if z {\npanic(z)\n} else {\nx = 2\n}\nuse(x)',
    ],
  ];
  for (const [title, expected, body] of cases)
    it(`${title}: ${expected ? 'yes' : 'no'}`, () => assert.equal(isSet(body), expected));
});
