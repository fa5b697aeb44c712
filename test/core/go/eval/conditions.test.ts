import assert from 'node:assert/strict';
import { branchesOf, factsAt, saysNil } from '../../../../core/go/eval/conditions.ts';
import { callsOf, childByField } from '../../../../core/go/syntax/syntax.ts';
import { factsOf as fileFacts } from '../../../support/go.ts';

/** What is known of `x` being nil where `use` is called. */
function nilAtUse(body: string): boolean | undefined {
  const facts = fileFacts(`package a\n\nfunc f() {\n${body}\n}\n`);
  const [use] = callsOf(facts.funcs[0]!.syntax, facts.text, 'use');
  const said = factsAt({ facts, node: use! }).map(fact =>
    saysNil(fact, ({ text }) => text === 'x'),
  );
  return said.find(one => one !== undefined);
}

describe('what is known where a statement runs', () => {
  const cases: readonly [string, boolean | undefined, string][] = [
    ['nothing', undefined, 'use()'],
    ['an if around it', false, 'if x != nil {\nuse()\n}'],
    ['sides swapped', false, 'if nil != x {\nuse()\n}'],
    ['negated', false, 'if !(x == nil) {\nuse()\n}'],
    ['negated twice', false, 'if !!(x != nil) {\nuse()\n}'],
    ['in parentheses', false, 'if ((x) != (nil)) {\nuse()\n}'],
    ['the other branch', false, 'if x == nil {\n} else {\nuse()\n}'],
    ['the other branch of a negation', true, 'if x != nil {\n} else {\nuse()\n}'],
    ['both of two', false, 'if y && x != nil {\nuse()\n}'],
    ['either of two', undefined, 'if y || x != nil {\nuse()\n}'],
    ['neither of two', false, 'if y || x == nil {\nreturn\n}\nuse()'],
    ['not both of two', undefined, 'if y && x == nil {\nreturn\n}\nuse()'],
    ['a guard', false, 'if x == nil {\nreturn\n}\nuse()'],
    ['a negated guard', false, 'if !(x != nil) {\nreturn\n}\nuse()'],
    ['a guard that goes on', undefined, 'if x == nil {\nlog()\n}\nuse()'],
    ['a guard of a loop', false, 'for range xs {\nif x == nil {\ncontinue\n}\nuse()\n}'],
    ['a guard in a block of its own', undefined, '{\nif x == nil {\nreturn\n}\n}\nuse()'],
    ['an else that leaves', false, 'if x != nil {\nlog()\n} else {\nreturn\n}\nuse()'],
    ['a switch without a value', false, 'switch {\ncase x != nil:\nuse()\n}'],
    ['a case behind another one', false, 'switch {\ncase x == nil:\ncase y:\nuse()\n}'],
    ['the default', false, 'switch {\ncase x == nil:\ndefault:\nuse()\n}'],
    [
      'a case that is fallen into',
      undefined,
      'switch {\ncase y:\nfallthrough\ncase x != nil:\nuse()\n}',
    ],
    ['a case with several values', undefined, 'switch {\ncase x != nil, y:\nuse()\n}'],
    ['a switch over it', true, 'switch x {\ncase nil:\nuse()\n}'],
    ['the default of a switch over it', false, 'switch x {\ncase nil:\ndefault:\nuse()\n}'],
    ['a switch that leaves', false, 'switch {\ncase x == nil:\nreturn\n}\nuse()'],
    ['a closure in a branch', false, 'if x != nil {\nfunc() {\nuse()\n}()\n}'],
    ['something else', undefined, 'if y != nil {\nuse()\n}'],
  ];
  for (const [name, expected, body] of cases)
    it(name, () => {
      assert.equal(nilAtUse(body), expected);
    });
});

describe('the branches of a statement', () => {
  it('are those of an if, and of a switch with its default last', () => {
    const facts = fileFacts(
      'package a\n\nfunc f() {\nif a {\n}\nswitch b {\ndefault:\ncase 1:\ncase 2, 3:\n}\nc()\n}\n',
    );
    const statements = childByField(facts.funcs[0]!.syntax, 'body')!.children;
    const said = statements.map(node =>
      branchesOf({ facts, node }).map(
        branch =>
          `${branch.body?.type ?? 'none'}: ` +
          branch.facts.map(({ condition, holds }) => `${condition.text} ${holds}`).join(', '),
      ),
    );
    assert.deepEqual(said, [
      ['block: a true', 'none: a false'],
      [
        'expression_case: 1 true',
        'expression_case: 1 false',
        'default_case: 1 false, 2 false, 3 false',
      ],
      [],
    ]);
  });
});
