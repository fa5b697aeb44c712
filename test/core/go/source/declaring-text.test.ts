import assert from 'node:assert/strict';
import type { TextTest } from '../../../../core/go/source/declaring-text.ts';
import {
  mayDeclareFunction,
  mayDeclareType,
  mayDeclareValue,
} from '../../../../core/go/source/declaring-text.ts';

const all = (
  of: (name: string) => TextTest,
  texts: readonly string[],
  expected: boolean,
  name = 'Name',
) => {
  for (const text of texts) assert.equal(of(name).test(text), expected, text);
};

describe('which texts may declare a name', () => {
  it('takes in every declaration of a type', () => {
    all(
      mayDeclareType,
      [
        'type Name struct{}',
        'type Name = other.Name',
        'type Name[T any] struct{}',
        'type (\n\tOther int\n\n\t// Name is one.\n\tName string\n)',
        'type(Name int)',
        'type /* of a plan */ Name string',
        'type // of a plan\nName string',
        'type\tName int',
      ],
      true,
    );
  });

  it('leaves out what only uses a type', () => {
    all(mayDeclareType, ['func F(n Name) {}', 'var a = Name{}', 'type Names []int', ''], false);
  });

  it('takes in every declaration of a function and a method', () => {
    all(
      mayDeclareFunction,
      [
        'func Name() {}',
        'func (k Keeper) Name(ctx Context) error { return nil }',
        'func (k *Keeper[T]) Name() {}',
        'func Name[T any](t T) {}',
        'func Name /* of a plan */ () {}',
        'func (Keeper)Name() {}',
        'func /* a name */ Name() {}',
        'func (\n\t_ AppModule,\n) Name() uint64 { return 2 }',
        'func (k K) // of a module\nName() {}',
        'func\nName() {}',
        'func (k K[\n\tA,\n]) Name() {}',
        'func /* a\nb */ Name() {}',
      ],
      true,
    );
  });

  it('leaves out what only calls a function', () => {
    const calls = ['\tx := k.Name()\n', '\treturn Name()\n', '\tif Name() {\n'];
    all(mayDeclareFunction, [...calls, 'type Name int'], false);
  });

  it('takes in every declaration of a constant and a variable', () => {
    all(
      mayDeclareValue,
      [
        'const Name = "v2"',
        'const Other, Name = 1, 2',
        'var Name string',
        'var Name *Keeper',
        'var Name [2]int',
        'const (\n\tName = "v2"\n)',
        'const (\n\tOther = iota\n\tName\n)',
        'const (\r\n\tOther = iota\r\n\tName\r\n)',
        'var (\n\tOther,\n\tName = 1, 2\n)',
        'const (Other = 1; Name = 2)',
        'const (Name = 2)',
        'var /* of a plan */ Name = "v2"',
        'var (\n\t/* of a plan */ Name = "v2"\n)',
        'var\tName = 1',
        'var\n\tName = 1',
        'var Name, Other = 1, 2',
        'var a /* x */, Name = 1, 2',
        'var /* x */ a, Name = 1, 2',
        'var Name fork.Fork',
        `var ${'a, '.repeat(300)}Name = f()`,
        'const Name /* of a plan */ = "v2"',
        'func f() {\n\tg()\n}\n\nvar (\n\tName = 1\n)',
        'func f() {\n\tg()\n}\nconst Name = 1',
        'var (\n\ttext = `\nfunc f() {`\n\tName = 1\n)',
        'var (\n\t/*\nfunc f() {\n*/\n\tName = 1\n)',
        'var (\n\tf =\nfunc (a int) { g(a) }\n\tName = 1\n)',
      ],
      true,
    );
  });

  it('leaves out what only uses a value', () => {
    all(
      mayDeclareValue,
      [
        'var a = types.Name',
        '\tNames = "v2"\n',
        '\treturn x == Name\n',
        '\tName: "v2",\n',
        '\tName.Do()\n',
        'func f() {\n\tg(\n\t\tctx,\n\t\tName,\n\t)\n}',
        'var a = 1\n\nfunc (k Keeper) f() {\n\tg(\n\t\tName,\n\t)\n}',
      ],
      false,
    );
  });

  it('knows names that are no ASCII', () => {
    all(mayDeclareType, ['type Größe int'], true, 'Größe');
    all(mayDeclareFunction, ['func (k K) Größe() {}'], true, 'Größe');
    all(mayDeclareValue, ['var a, Größe = 1, 2', 'const Größe = 1'], true, 'Größe');
    all(mayDeclareValue, ['var Größen = 1', 'var aGröße = 1'], false, 'Größe');
  });

  it('takes time that grows with a table, and not faster', () => {
    // A line each; what looked on from every line to the end took 24 s for these.
    const table = `var table = []uint64{\n${'\t1234567,\n'.repeat(20_000)}}\n`;
    const began = process.cpuUsage();
    for (const of of [mayDeclareType, mayDeclareFunction, mayDeclareValue])
      all(of, [table, table.replaceAll('1234567', 'name')], false);
    const { user } = process.cpuUsage(began);
    const plain = process.cpuUsage();
    for (let i = 0; i < 6; i++)
      assert.equal(table.split('\n').filter(l => /Name$/.test(l)).length, 0);
    const { user: once } = process.cpuUsage(plain);
    assert.ok(user < 50 * once, `${user} µs beside ${once} µs`);
  });
});
