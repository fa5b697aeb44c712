import assert from 'node:assert/strict';
import type { Expr } from '../../../../core/go/eval/expr.ts';
import { goNode } from '../../../../core/go/eval/go-node.ts';
import { importedPackage } from '../../../../core/go/eval/imported.ts';
import type { Repo } from '../../../../core/go/repo/repo.ts';
import { typeRef, typeRefOf } from '../../../../core/go/source/type-ref.ts';
import { childByField, findAll } from '../../../../core/go/syntax/syntax.ts';
import { repoOf } from '../../../support/go.ts';

async function read(text: string): Promise<{ repo: Repo; first: (type: string) => Expr }> {
  const repo = await repoOf({
    'go.mod': 'module example.com/m\n',
    'a/a.go': `package a\n\nimport (\n\t"example.com/m/bank"\n\t"example.com/gone"\n)\n\n${text}\n`,
    'bank/bank.go': 'package bank\n',
  });
  const facts = repo.facts('a/a.go')!;
  const all = (type: string) => facts.funcs.flatMap(func => findAll(func.syntax, type));
  return { repo, first: type => ({ facts, node: all(type)[0]! }) };
}

describe('a node that knows its file', () => {
  it('says what a call calls and is given', async () => {
    const { first } = await read('func f() { (app.Keepers.Bank.Send)(&x, (y)) }');
    const call = goNode(first('call_expression'));
    assert.equal(call.name, 'Send');
    assert.equal(call.callee?.operand?.text, 'app.Keepers.Bank');
    assert.equal(call.callee.qualifier, undefined);
    assert.deepEqual(
      call.arguments.map(argument => argument.text),
      ['&x', '(y)'],
    );
    assert.deepEqual(
      call.arguments.map(argument => argument.withoutAddressOf.text),
      ['x', 'y'],
    );
    assert.equal(call.operand, undefined);
  });

  it('says the qualifier and the name of a type', async () => {
    const { first } = await read('func f() { _ = bank.Keeper{} }');
    const type = goNode(first('composite_literal')).field('type');
    assert.deepEqual([type?.qualifier, type?.name], ['bank', 'Keeper']);
  });
});

describe('the package behind a qualifier', () => {
  it('is found unless a local name hides it', async () => {
    const imported = await read('func f() { bank.Send() }');
    assert.deepEqual(importedPackage(imported.repo, imported.first('selector_expression')), {
      path: 'example.com/m/bank',
      dir: 'bank',
    });
    const hidden = await read('func f(bank int) { bank.Send() }');
    assert.equal(importedPackage(hidden.repo, hidden.first('selector_expression')), undefined);
    const outside = await read('func f() { gone.Send() }');
    assert.deepEqual(importedPackage(outside.repo, outside.first('selector_expression')), {
      path: 'example.com/gone',
      dir: undefined,
    });
  });

  it("is the file's own without one, and no folder where it is elsewhere or no import", async () => {
    const { repo } = await read('func f() {}');
    const facts = repo.facts('a/a.go')!;
    assert.deepEqual(
      [undefined, 'bank', 'gone', 'other'].map(name => repo.folderOf(facts, name)),
      ['a', 'bank', undefined, undefined],
    );
  });
});

describe('a type that has a name', () => {
  const types: [string, ReturnType<typeof typeRef>][] = [
    ['Keeper', { pointer: false, qualifier: undefined, name: 'Keeper' }],
    ['*bank.Keeper', { pointer: true, qualifier: 'bank', name: 'Keeper' }],
    ['bank.Item[int, b.C]', { pointer: false, qualifier: 'bank', name: 'Item' }],
    ['[]bank.Keeper', undefined],
    ['func(bank.Keeper)', undefined],
  ];
  for (const [written, ref] of types) {
    it(`${written} is read from its text and from its syntax`, async () => {
      assert.deepEqual(typeRef(written), ref);
      const { first } = await read(`func f(x ${written}) {}`);
      const { facts, node } = first('parameter_declaration');
      assert.deepEqual(typeRefOf(childByField(node, 'type'), facts.text), ref);
    });
  }
});
