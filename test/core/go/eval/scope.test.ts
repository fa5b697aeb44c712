import assert from 'node:assert/strict';
import { localDefinition } from '../../../../core/go/eval/scope.ts';
import { findAll } from '../../../../core/go/syntax/syntax.ts';
import { factsOf } from '../../../support/go.ts';

/** What `x` stands for where a body gives it to `use`: the text of its value, or why there is none. */
function definitionOf(body: string): string | undefined {
  const { funcs, text } = factsOf(`package a\n\nfunc F(p chan int) {\n${body}\n}\n`);
  const call = findAll(funcs[0]!.syntax, 'call_expression').find(({ start }) =>
    text.startsWith('use(x)', start),
  );
  const found = localDefinition(findAll(call, 'identifier').at(-1)!, 'x', text);
  return typeof found === 'object' ? text.slice(found.start, found.end) : found;
}

describe('what a local name stands for', () => {
  for (const [title, body, expected] of [
    ['a value', 'x := 1\nuse(x)', '1'],
    ['a value that a loop sets again', 'x := 1\nfor x = range p {\n}\nuse(x)', 'reassigned'],
    ['a value that is received', 'x := 1\nselect {\ncase x = <-p:\n}\nuse(x)', 'reassigned'],
    ['another one that a loop declares', 'x := 1\nfor x := range p {\n\tg(x)\n}\nuse(x)', '1'],
    [
      'another one that a case declares',
      'x := 1\nselect {\ncase x := <-p:\n\tg(x)\n}\nuse(x)',
      '1',
    ],
    ['what a loop declares', 'x := 1\nfor x := range p {\n\tuse(x)\n}', 'range'],
    ['what a loop goes through', 'x := 1\nfor x := range use(x) {\n}', '1'],
    ['the counter of a loop', 'for x := 0; x < 3; x++ {\n\tuse(x)\n}', 'range'],
    ['the counter where the loop ends', 'for x := 0; use(x); x++ {\n}', 'range'],
    ['what a case declares', 'select {\ncase x := <-p:\n\tuse(x)\n}', 'reassigned'],
    ['what a type switch declares', 'switch x := y.(type) {\ndefault:\n\tuse(x)\n}', 'reassigned'],
    ['what a type switch looks at', 'x := 1\nswitch x := use(x).(type) {\n}', '1'],
    ['what an if declares', 'if x := 1; true {\n\tuse(x)\n}', '1'],
    ['nothing of the function', 'use(x)', undefined],
  ] as const)
    it(`is ${title}`, () => assert.equal(definitionOf(body), expected));
});
