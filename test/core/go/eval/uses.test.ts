import assert from 'node:assert/strict';
import { localDeclaration, usesOf, variableAt } from '../../../../core/go/eval/uses.ts';
import { findAll } from '../../../../core/go/syntax/syntax.ts';
import { factsOf } from '../../../support/go.ts';

/** The lines, from 1, on which the variable of the n-th `x` of a function is named and set. */
function linesOf(body: string, at = 0, wanted = 'x') {
  const { funcs, text } = factsOf(`package a\n\nfunc F(p int) (r error) {\n${body}\n}\n`);
  const named = findAll(funcs[0]!.syntax, 'identifier').filter(
    ({ start, end }) => text.slice(start, end) === wanted,
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
    assert.deepEqual(
      linesOf('for x := f(); x != nil;\n\tx = g() {\n\tuse(x)\n}').uses,
      [1, 1, 2, 3],
    );
  });

  it('are those of what stands around a loop that declares none', () => {
    const body = 'var x int\nfor _, x = range p {\n}\nfor x = 0; x < 3; {\n}\nuse(x)';
    assert.deepEqual(linesOf(body), { uses: [1, 2, 4, 4, 6], sets: [1, 2, 4], value: undefined });
  });

  it('are not those of the name of a type switch, which its value does not see', () => {
    const body = 'x := f()\nswitch x := x.(type) {\ncase int:\n\tuse(x)\n}';
    assert.deepEqual(linesOf(body).uses, [1, 2]);
    assert.deepEqual(linesOf(body, 1).uses, [2, 4]);
    assert.deepEqual(linesOf('switch y := x.(type) {\ndefault:\n\tuse(x, y)\n}').uses, []);
  });

  it('tell what a case of a select sets from what it declares', () => {
    const set = 'var x error\nselect {\ncase x = <-p:\n\tuse(x)\n}';
    assert.deepEqual(linesOf(set), { uses: [1, 3, 4], sets: [1, 3], value: undefined });
    const declared = 'var x error\nselect {\ncase x, ok := <-p:\n\tuse(x, ok)\n}\nuse(x)';
    assert.deepEqual(linesOf(declared).uses, [1, 6]);
    assert.deepEqual(linesOf(declared, 1).uses, [3, 4]);
  });

  it('are those of a result that := sets again in the body of the function', () => {
    const text = 'y, r := f()\nif r != nil {\n\ty, r := g()\n\tuse(y, r)\n}\nuse(y)';
    assert.deepEqual(linesOf(text, 0, 'r').uses, [0, 1, 2]);
    assert.deepEqual(linesOf(text, 3, 'r').uses, [3, 4]);
  });

  it('are seen behind a label, in later lines of var, and not in a closure of a value', () => {
    assert.deepEqual(linesOf('again:\n\tx := f()\n\tuse(x)').uses, [2, 3]);
    assert.deepEqual(linesOf('var (\n\tx = f()\n\ty = x\n)').uses, [2, 3]);
    assert.deepEqual(linesOf('y := func() { x := 1; use(x) }\nuse(x, y)', 2).uses, []);
    assert.deepEqual(linesOf('var y = func() { var x int; use(x) }\nuse(x, y)', 2).uses, []);
  });

  it('are no names of parameters in the type of a function', () => {
    assert.deepEqual(linesOf('x := f()\nvar y func(x error)\nuse(y)').uses, [1]);
  });
});
