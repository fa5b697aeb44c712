import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { copySyntax } from '../../../../core/go/syntax/copy-syntax.ts';
import type { SyntaxNode } from '../../../../core/go/syntax/syntax.ts';
import {
  calleeName,
  childByField,
  descend,
  findAll,
  namedChildren,
  quote,
  stringLiteral,
  withoutParens,
} from '../../../../core/go/syntax/syntax.ts';
import { parser } from '../../../support/go.ts';

/** The syntax of `var x = <text>`'s value, with the text it was read from. */
function valueIn(text: string): { node: SyntaxNode; source: string } {
  const source = `package a\n\nvar x = ${text}\n`;
  const file = parser.parse(source, tree => copySyntax(tree.rootNode));
  return { node: childByField(findAll(file, 'var_spec')[0], 'value')!, source };
}

describe('what a call calls', () => {
  const lastCallee = (body: string): string => {
    const { node, source } = valueIn(`func() {\n${body}\n}`);
    return calleeName(findAll(node, 'call_expression').at(-1)!, source);
  };

  it('is a method also by way of a variable that is set to it once', () => {
    assert.equal(lastCallee('app.mm.SetOrder(a)'), 'SetOrder');
    assert.equal(lastCallee('set := app.mm.SetOrder\nset(a)'), 'SetOrder');
    assert.equal(lastCallee('var set = app.mm.SetOrder\nif ok {\nset(a)\n}'), 'SetOrder');
    assert.equal(lastCallee('set := wire.Set\nfunc() {\nset(a)\n}()'), 'Set');
  });

  it('is only the variable where that is set again, hidden, or set to something else', () => {
    assert.equal(lastCallee('set := a.Set\nset = b.Load\nset(a)'), 'set');
    assert.equal(lastCallee('set := a.Set\nif ok {\nset := b.Load\nset(a)\n}'), 'set');
    assert.equal(lastCallee('set := setter(a)\nset(b)'), 'set');
    assert.equal(lastCallee('set, get := a.Set, a.Get\nset(b)'), 'set');
    assert.equal(lastCallee('for _, set := range setters {\nset(b)\n}'), 'set');
  });
});

describe('copied syntax', () => {
  it('leaves out wrappers that say nothing, and keeps the roles of what they held', () => {
    const { node, source } = valueIn('[]T{{A: "a"}, /* none */ {B: b}}');
    const body = childByField(findAll(node, 'composite_literal')[0], 'body')!;
    assert.deepEqual(
      namedChildren(body).map(c => c.type),
      ['literal_value', 'literal_value'],
    );
    const keyed = findAll(body, 'keyed_element')[0]!;
    assert.deepEqual(
      namedChildren(keyed).map(c => source.slice(c.start, c.end)),
      ['A', '"a"'],
    );
  });

  it('keeps operators, parents and offsets', () => {
    const { node, source } = valueIn('"é😀" + f(&b)');
    const sum = findAll(node, 'binary_expression')[0]!;
    assert.equal(
      source.slice(childByField(sum, 'operator')!.start, childByField(sum, 'operator')!.end),
      '+',
    );
    const call = findAll(sum, 'call_expression')[0]!;
    assert.equal(calleeName(call, source), 'f');
    assert.equal(call.parent, sum);
  });

  it('copies any depth', () => {
    const deep = 30_000;
    const file = parser.parse(
      `package a\n\nvar x = ${'('.repeat(deep)}"v2"${')'.repeat(deep)}\n`,
      tree => copySyntax(tree.rootNode),
    );
    assert.equal(
      [...descend(file)].filter(n => n.type === 'parenthesized_expression').length,
      deep,
    );
    const outer = findAll(file, 'parenthesized_expression')[0]!;
    assert.equal(withoutParens(outer).type, 'interpreted_string_literal');
  });

  it('is walked in source order', () => {
    const { node } = valueIn('f(a, g(b), c)');
    const starts = [...descend(node)].filter(n => n.type === 'identifier').map(n => n.start);
    assert.deepEqual(
      starts,
      [...starts].sort((a, b) => a - b),
    );
  });
});

describe('Go string literals', () => {
  const literal = (text: string) => {
    const { node, source } = valueIn(text);
    const found = [...descend(node)].find(n => n.type.endsWith('string_literal'))!;
    return stringLiteral(found, source);
  };

  it('are read with all their escapes', () => {
    assert.equal(
      literal(String.raw`"a\tb\"c\\x41\x41\101\u00e9\U0001F600\a"`),
      'a\tb"c\\x41AAé😀\x07',
    );
    assert.equal(literal(String.raw`"\xc3\xa9\303\251"`), 'éé', 'bytes may spell characters');
    assert.equal(literal(String.raw`"\xef\xbb\xbfv2"`), '\ufeffv2');
    assert.equal(literal('`a\\n"b"`'), 'a\\n"b"');
    assert.equal(literal('`a\r\nb`'), 'a\nb', 'carriage returns are no part of raw strings');
    assert.equal(literal('""'), '');
  });

  it('that Go would refuse do no harm', () => {
    assert.equal(literal(String.raw`"\UFFFFFFFF"`), '\ufffd');
    assert.equal(literal(String.raw`"\ud800"`), '\ufffd');
  });

  it('are written as strconv.Quote writes them', function () {
    const values = [
      'v2',
      'a"b\\c',
      'tab\tnl\ncr\r',
      '\x00\x07\x1b\x7f',
      'é ü 漢 😀',
      'zero\u200bwidth',
      'bidi\u202e\u2066',
      'nbsp\u00a0',
      '\u00ad',
      '\ufeff',
      '\u2028',
      '\u{e0001}',
      '\v\f\b',
    ];
    const byHand = [
      '"v2"',
      String.raw`"a\"b\\c"`,
      String.raw`"tab\tnl\ncr\r"`,
      String.raw`"\x00\a\x1b\x7f"`,
      '"é ü 漢 😀"',
      String.raw`"zero\u200bwidth"`,
      String.raw`"bidi\u202e\u2066"`,
    ];
    assert.deepEqual(values.slice(0, byHand.length).map(quote), byHand);
    for (const value of values) assert.equal(literal(quote(value)), value);
    if (spawnSync('go', ['version']).status !== 0) {
      console.log('      not compared with strconv.Quote: there is no go here');
      return;
    }
    this.timeout(120_000);
    const program = `package main\n\nimport (\n\t"encoding/json"\n\t"os"\n\t"strconv"\n)\n\nfunc main() {\n\tvar in, out []string\n\t_ = json.NewDecoder(os.Stdin).Decode(&in)\n\tfor _, s := range in {\n\t\tout = append(out, strconv.Quote(s))\n\t}\n\t_ = json.NewEncoder(os.Stdout).Encode(out)\n}\n`;
    assert.deepEqual(values.map(quote), JSON.parse(runGo(program, JSON.stringify(values))));
  });
});

function runGo(program: string, input: string): string {
  const dir = mkdtempSync(join(tmpdir(), 'quote-'));
  try {
    writeFileSync(join(dir, 'main.go'), program);
    const run = spawnSync('go', ['run', 'main.go'], { cwd: dir, input, encoding: 'utf8' });
    assert.equal(run.status, 0, run.stderr);
    return run.stdout;
  } finally {
    rmSync(dir, { recursive: true });
  }
}
