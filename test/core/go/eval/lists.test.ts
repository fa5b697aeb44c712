import assert from 'node:assert/strict';
import { argumentItems, listItems, stringsOf } from '../../../../core/go/eval/lists.ts';
import type { Value } from '../../../../core/go/eval/value.ts';
import { callsOf } from '../../../../core/go/syntax/syntax.ts';
import { repoOf } from '../../../support/go.ts';

/** The strings that the call `use(…)` in the file is given; unknown parts by their reason. */
async function given(text: string, others: Record<string, string> = {}): Promise<string[]> {
  const repo = await repoOf({
    'go.mod': 'module m\n',
    'a/a.go': `package a\n\n${text}\n`,
    ...others,
  });
  const facts = repo.facts('a/a.go')!;
  const call = [...facts.funcs.map(f => f.syntax), ...facts.vars.map(v => v.value)].flatMap(node =>
    callsOf(node, facts.text, 'use'),
  )[0]!;
  return stringsOf(repo, argumentItems(repo, { facts, node: call })).map(({ value }) =>
    shown(value),
  );
}

function shown(value: Value): string {
  switch (value.kind) {
    case 'known':
      return value.value;
    case 'named':
      return value.const;
    case 'unknown':
      return `? ${value.why}`;
  }
}

describe('the elements of a list', () => {
  const cases: [string, string, string[]][] = [
    ['are the arguments', 'func f() { use("a", "b") }', ['a', 'b']],
    ["are nobody's where there are none", 'func f() { use() }', []],
    ["are a literal's", 'func f() { use([]string{"a", /* no */ "b",}...) }', ['a', 'b']],
    ["are an indexed literal's", 'func f() { use([]string{0: "a", 1: "b"}...) }', ['a', 'b']],
    [
      'are not known of a part of a list',
      'func f() { use(l[1:]...) }\n\nvar l = []string{"a", "b"}',
      ['? l[1:] is a part of a list'],
    ],
    ["are a constant's value", 'const A = "x"\n\nfunc f() { use(A) }', ['x']],
    [
      "are a local's, before and after appends",
      'func f() {\n\tl := []string{"a"}\n\tl = append(l, "b")\n\tif x {\n\t\tl = append(l, more...)\n\t}\n\tuse(l...)\n\tl = append(l, "late")\n}\n\nvar more = []string{"c"}',
      ['a', 'b', 'c'],
    ],
    [
      'are what an undeclared local grows by',
      'func f() {\n\tvar l []string\n\tl = append(l, "a")\n\tuse(l...)\n}',
      ['a'],
    ],
    [
      'are those of a made list',
      'func f() {\n\tl := make([]string, 0, 8)\n\tl = append(l, "a")\n\tuse(l...)\n}',
      ['a'],
    ],
    [
      'are those of every branch',
      'func f() {\n\tl := []string{"a"}\n\tif x {\n\t\tl = []string{"b"}\n\t}\n\tuse(l...)\n}',
      ['a', 'b'],
    ],
    [
      'are not those of a shadowing local',
      'func f() {\n\tl := []string{"a"}\n\tif x {\n\t\tl := []string{"inner"}\n\t\t_ = l\n\t}\n\tuse(l...)\n}',
      ['a'],
    ],
    [
      "are a helper's, whichever return",
      'func f() { use(g()...) }\n\nfunc g() []string {\n\tif x {\n\t\treturn []string{"a"}\n\t}\n\treturn nil\n}',
      ['a'],
    ],
    [
      'are not those a closure inside the helper returns',
      'func f() { use(g()...) }\n\nfunc g() []string {\n\th := func() []string { return []string{"no"} }\n\t_ = h\n\treturn []string{"a"}\n}',
      ['a'],
    ],
    [
      "are a method's",
      'func (t T) f() { use(t.g()...) }\n\nfunc (T) g() []string { return []string{"a"} }',
      ['a'],
    ],
    [
      "are those of the helper's arguments",
      'func f() { use(with("a")...) }\n\nfunc with(name string) []string { return []string{name, "b"} }',
      ['a', 'b'],
    ],
    [
      "are several lists' together",
      'func f() { use(slices.Concat([]string{"a"}, g())...) }\n\nfunc g() []string { return []string{"b"} }',
      ['a', 'b'],
    ],
    [
      "are a map's keys",
      'var perms = map[string][]string{"a": nil, "b": {"minter"}}\n\nfunc f() { use(slices.Sorted(maps.Keys(perms))...) }',
      ['a', 'b'],
    ],
    [
      'are what a loop runs over',
      'func f() {\n\tfor _, n := range []string{"a", "b"} {\n\t\tuse(n)\n\t}\n}',
      ['a', 'b'],
    ],
    [
      'are the keys a loop runs over',
      'var perms = map[string]int{"a": 1}\n\nfunc f() {\n\tfor n := range perms {\n\t\tuse(n)\n\t}\n}',
      ['a'],
    ],
    [
      "are not a slice's indices",
      'func f() {\n\tfor i := range []string{"a"} {\n\t\tuse(i)\n\t}\n}',
      ['? i is a loop variable'],
    ],
    ['are not known of a parameter', 'func f(l []string) { use(l...) }', ['? l is a parameter']],
    [
      'are not known of a struct',
      'type S struct{ a string }\n\nfunc f() { use(S{a: "x"}...) }',
      ['? S{a: "x"} is no list'],
    ],
    [
      'end where a definition goes in a circle',
      'func f() { use(g()...) }\n\nfunc g() []string { return append(g(), "a") }',
      ['?'],
    ],
    [
      'are known as far as they go',
      'func f() { use(append([]string{"a"}, os.Args...)...) }',
      ['a', '? os.Args cannot be followed'],
    ],
  ];
  for (const [what, text, wanted] of cases) {
    it(what, async () => {
      const found = await given(text);
      if (wanted[0] === '?')
        assert.ok(
          found.some(f => f.includes('circle')),
          found.join(),
        );
      else assert.deepEqual(found, wanted);
    });
  }

  it("are another package's, of this repository or not", async () => {
    const files = {
      'b/b.go':
        'package b\n\nvar List = []string{"b"}\n\nfunc More() []string { return []string{Name} }\n\nconst Name = "c"\n',
    };
    assert.deepEqual(
      await given(
        'import (\n\t"m/b"\n\t"example.org/out"\n)\n\nfunc f() { use(append(append(b.List, b.More()...), out.Name)...) }',
        files,
      ),
      ['b', 'c', 'example.org/out.Name'],
    );
    assert.deepEqual(await given('import "example.org/out"\n\nfunc f() { use(out.List...) }'), [
      '? out.List is defined outside this repository',
    ]);
  });

  it('are those of every build tag', async () => {
    const files = {
      'a/x.go': '//go:build x\n\npackage a\n\nvar extra = []string{"x"}\n',
      'a/y.go': '//go:build !x\n\npackage a\n\nvar extra []string\n',
    };
    assert.deepEqual(await given('func f() { use(extra...) }', files), ['x']);
  });

  it('keep the place where each was written', async () => {
    const repo = await repoOf({
      'go.mod': 'module m\n',
      'a/a.go': 'package a\n\nvar l = []string{"a", "b"}\n',
    });
    const facts = repo.facts('a/a.go')!;
    assert.deepEqual(
      listItems(repo, { facts, node: facts.vars[0]!.value! }).map(({ expr }) =>
        facts.text.slice(expr.node.start, expr.node.end),
      ),
      ['"a"', '"b"'],
    );
  });
});
