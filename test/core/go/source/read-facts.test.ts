import assert from 'node:assert/strict';
import type { FileFacts } from '../../../../core/go/source/facts.ts';
import { readFacts } from '../../../../core/go/source/read-facts.ts';
import { chainNames, chainTexts } from '../../../support/chains.ts';
import { factsOf, parser } from '../../../support/go.ts';

/** All that facts say, parents included, as comparable text. */
function said(facts: FileFacts): string {
  return JSON.stringify(facts, (key, value: { type: string; start: number } | undefined) =>
    key === 'parent' && value ? `${value.type} ${value.start}` : value,
  );
}

/**
 * Reads version after version, each with the one at hand that was the last before it without
 * errors, and compares with a reading from nothing.
 */
function follow(versions: readonly string[]): FileFacts[] {
  const read: FileFacts[] = [];
  for (const text of versions) {
    const facts = readFacts(
      parser,
      'followed.go',
      text,
      read.findLast(before => before.syntaxError === undefined),
    );
    assert.equal(said(facts), said(factsOf(text, 'followed.go')), text);
    read.push(facts);
  }
  return read;
}

const file =
  'package app\n\nimport "a"\n\nconst (\n\tA = iota\n\tB\n)\n\nvar X, Y = f("é"), []string{"😀"}\n\ntype T struct{ a int }\n\nfunc (t *T) One() string {\n\treturn upgrade("one")\n}\n\nfunc two(app *T) {\n\tapp.Upgrade(A, B)\n\tif A > 0 { // "é"\n\t\tapp.One()\n\t}\n\tfor _, x := range Y {\n\t\tgo one(x)\n\t}\n}\n';

describe('a file that is read again', function () {
  this.timeout(30_000);

  it('says the same as one that is read for the first time, whatever was edited', () => {
    const edits = [
      'x',
      '\n',
      '}',
      '{',
      '"',
      '`',
      '/*',
      '*/',
      '// ',
      'func more() {}\n',
      '\nvar z = 1\n',
      'const (\n\tC = iota\n\tD\n)\n',
      'import b "b"\n',
      'new(1)',
      '\ufeff',
      'é',
      '😀',
    ];
    for (const [i, edit] of edits.entries()) {
      for (let at = i; at < file.length; at += edits.length)
        follow([
          file,
          file.slice(0, at) + edit + file.slice(at),
          file,
          file.slice(0, at) + file.slice(at + 9),
        ]);
    }
  });

  it('says the same in every file of the small chains, after a statement more and a function less', () => {
    for (const name of chainNames) {
      for (const [path, text] of Object.entries(chainTexts(name))) {
        if (!path.endsWith('.go')) continue;
        const more = text.replace(/\{\r?\n/, match => `${match}\t_ = 1\n`);
        const less = text.replace(/^func [\s\S]*?^\}\r?\n/m, '');
        follow([text, more, `// a comment\n${more}`, less, text]);
      }
    }
  });

  it('takes over what did not change, and copies it where it only moved', () => {
    const [before, after] = follow([file, file.replace('"one"', '"three"')]) as [
      FileFacts,
      FileFacts,
    ];
    assert.equal(after.vars[0]!.value, before.vars[0]!.value);
    assert.notEqual(after.funcs[0]!.syntax, before.funcs[0]!.syntax);
    assert.equal(after.funcs[1]!.start, before.funcs[1]!.start + 2);
  });

  describe('while the header of a statement is typed', () => {
    const headers = [
      'if err := app.One("x", y[1]); err != nil',
      'if !ok && len(a) > 1',
      'for i, x := range All(app)',
      'for i := 0; i < 3; i++',
      'switch x := y.Z',
    ];
    const places: Readonly<Record<string, number>> = {
      'between statements': file.indexOf('\n\tif A'),
      'before all statements': file.indexOf('\n\tapp.Up'),
      'after all statements': file.indexOf('\n}\n', file.indexOf('go one')),
      'in a block': file.indexOf('\n\t\tgo one'),
    };
    /** What is on the line while a header is typed, from its keyword on. */
    const beginnings = headers.flatMap(header =>
      Array.from({ length: header.length - header.indexOf(' ') + 1 }, (_, i) =>
        header.slice(0, header.indexOf(' ') + i),
      ),
    );
    const isClosed = (typed: string) =>
      typed.split(/[[(]/).length === typed.split(/[\])]/).length &&
      typed.split('"').length % 2 === 1;
    const statements = (facts: FileFacts) =>
      facts.funcs[1]!.syntax!.children.at(-1)!.children.map(
        ({ type, start, end }) => `${type} ${facts.text.slice(start, end)}`,
      );
    for (const [place, at] of Object.entries(places)) {
      it(`has its other statements whole: ${place}`, () => {
        const before = readFacts(parser, 'typed.go', file, factsOf(file, 'typed.go'));
        const own = statements(before).filter(s => place !== 'in a block' || !s.startsWith('for'));
        for (const typed of beginnings) {
          for (const more of ['', '\n', '\n\t']) {
            const text = `${file.slice(0, at)}\n\t${typed}${more}${file.slice(at)}`;
            const facts = readFacts(parser, 'typed.go', text, before);
            assert.notEqual(facts.syntaxError, undefined, text);
            // The editor closes brackets and quotes by itself.
            if (!isClosed(typed)) continue;
            assert.equal(facts.syntaxError, text.indexOf(typed, at), text);
            const now = statements(facts);
            const lost = own.filter(statement => !now.includes(statement));
            assert.deepEqual(lost, [], text);
          }
        }
      });
    }

    it('lets go of nothing that is still needed, where a header is typed over blanks', () => {
      const before = 'package app\n\nfunc f() {\n\t   g()\n\th()\n}\n';
      const after = before.replace('\t   g', '\tif g');
      for (const text of [before, after, before, `${before}// more\n`])
        parser.parse(
          text,
          ({ rootNode }, open) =>
            assert.equal(open !== undefined || rootNode.hasError, text === after, text),
          'blanks.go',
        );
    });

    it('knows a header that goes on, and lines that only look like one', () => {
      const body = (text: string) =>
        `package app\n\nfunc f(a, b bool, m map[bool]bool) {\n${text}\n}\n`;
      const edits: readonly (readonly [before: string, after: string])[] = [
        ['\tif a &&\n\t\tb {\n\t}', '\tif b &&\n\t\tb {\n\t}'],
        ['\tif f(\n\t\ta,\n\t) {\n\t}', '\tif g(\n\t\ta,\n\t) {\n\t}'],
        ['\t/* one\n\tthree */', '\t/* one\n\tif two\n\tthree */'],
        ['\t_ = `one\n\tthree`', '\t_ = `one\n\tif two\n\tthree`'],
        ['\tf()', '\tif a {}\n\tf()'],
        ['\tf()', '\tif a {\n\t}\n\tf()'],
        ['\tg()\n\t{\n\t}', '\tif a {\n\t}\n\tg()\n\t{\n\t}'],
        ['\tfoo()', '\tiffy()\n\tfoo()'],
        ['\tfoo()', '\tfor_ = 1\n\tfoo()'],
        ['\ta(\n\t\tb,\n\t)', '\ta(\n\t\tb,\n\t\tc,\n\t)'],
        [
          '\tif a &&\n\t\t// why\n\t\tb {\n\t\tpanic(1)\n\t}',
          '\tif a &&\n\t\t// why\n\t\tb {\n\t\tpanic(1)\n\t}\n\tif y &&\n\t\tb {\n\t\tpanic(1)\n\t}',
        ],
        [
          '\tif a {\n\t} else if s != "http://x" &&\n\t\tb {\n\t\tpanic(1)\n\t}',
          '\tif a {\n\t} else if s != "http://x" &&\n\t\tb {\n\t\tpanic(1)\n\t}\n\tif y &&\n\t\tb {\n\t\tpanic(1)\n\t}',
        ],
        ['\tg()\n\t{\n\t\tg()\n\t}', '\tg()\n\tfor\n\t{\n\t\tg()\n\t}'],
        ['\tg()\n\t{\n\t\tg()\n\t}', '\tg()\n\tfor i := 0; i < 3;\n\t// so\n\t{\n\t\tg()\n\t}'],
        ['\tf()', "\t// don't (\n\tf()"],
        ['\tf(\n\t\tg(),\n\t\th(),\n\t)', '\tff(\n\t\tg(),\n\t\th(),\n\t)'],
        ['\t_ = `one\n\tg()`\n\th()', '\t_ = `two\n\tg()`\n\th()'],
        ['\t_ = `one\n\tg()`\n\th()', '\t_ = `one\n\tf(\n\tg()`\n\th()'],
        ['\tf()\n\tg()', '\tf()\n\th(\n\t\ta,\n\t)\n\tg()'],
        ['\tf()\n\tg()', '\tf()\n\t_ = `\n\t`\n\tg()'],
        ['\tf()\n\tg()', '\tf()\n\th(func() {\n\t})\n\tg()'],
      ];
      for (const [before, after] of edits)
        assert.equal(
          follow([body(before), body(before), body(after), body(before)]).every(
            facts => facts.syntaxError === undefined,
          ),
          true,
          after,
        );
    });
  });

  it('has its tree parsed on from the one before', () => {
    const versions = Array.from(
      { length: 40 },
      (_, i) => `${file}\nfunc added() {\n${'\tcall(1, 2, 3)\n'.repeat(3000 + i)}}\n`,
    );
    const time = (read: (text: string) => void) => {
      const start = performance.now();
      for (const text of versions.slice(1)) read(text);
      return performance.now() - start;
    };
    const parse = (name?: string) => (text: string) =>
      parser.parse(text, tree => assert.equal(tree.rootNode.hasError, false), name);
    parse('long.go')(versions[0]!);
    const on = time(parse('long.go'));
    const anew = time(parse());
    assert.ok(on < anew / 2, `${on.toFixed()} ms instead of ${anew.toFixed()} ms`);
  });
});
