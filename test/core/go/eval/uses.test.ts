import assert from 'node:assert/strict';
import { localDeclaration, usesOf, variableAt } from '../../../../core/go/eval/uses.ts';
import { findAll } from '../../../../core/go/syntax/syntax.ts';
import { factsOf } from '../../../support/go.ts';

/** The lines, from 1, on which the variable of the n-th `x` of a function is named and set. */
function linesOf(body: string, at = 0) {
  const { funcs, text } = factsOf(`package a\n\nfunc F(p int) (r error) {\n${body}\n}\n`);
  const named = findAll(funcs[0]!.syntax, 'identifier').filter(
    ({ start, end }) => text.slice(start, end) === 'x',
  );
  const variable = variableAt(named[at]!, text);
  const lineOf = (offset: number) => text.slice(0, offset).split('\n').length - 3;
  const uses = variable ? usesOf(variable, text) : [];
  const value = variable && localDeclaration(variable, text)?.value;
  return {
    uses: uses.map(({ node }) => lineOf(node.start)),
    sets: uses.filter(({ setting }) => setting).map(({ node }) => lineOf(node.start)),
    value: value && text.slice(value.start, value.end),
  };
}

const hidden = 'x := f()\nif x := g(); x != nil {\n\tx = h()\n}\nx, y := k()\nuse(x, y)';

describe('the uses of a local variable', () => {
  it('are those of its own scope', () => {
    assert.deepEqual(linesOf(hidden), { uses: [1, 5, 6], sets: [1, 5], value: 'f()' });
  });

  it('are not those of another one that hides it', () => {
    assert.deepEqual(linesOf(hidden, 1), { uses: [2, 2, 3], sets: [2, 3], value: 'g()' });
  });

  it('tell what adds to it from what sets it', () => {
    assert.deepEqual(linesOf('var x int\nx += 1\nx = 2').sets, [1, 3]);
  });

  it('are none of a name that the function does not declare', () => {
    assert.deepEqual(linesOf('use(x)').uses, []);
  });

  it('go with the loop that declares it', () => {
    assert.deepEqual(linesOf('for x := range p {\n\tuse(x)\n}').uses, [1, 2]);
  });
});
