import assert from 'node:assert/strict';
import { unknown, valueIn } from '../../../support/used.ts';

describe('the string an expression has', () => {
  it("is a literal's, quoted, raw or in parentheses", async () => {
    assert.deepEqual(await valueIn('func f() { use("v2") }'), { kind: 'known', value: 'v2' });
    assert.deepEqual(await valueIn('func f() { use((`v2`)) }'), { kind: 'known', value: 'v2' });
    assert.deepEqual(await valueIn('func f() { use("v" + `2` + ".0") }'), {
      kind: 'known',
      value: 'v2.0',
    });
  });

  it('follows constants within the package, grouped, repeated and renamed', async () => {
    assert.deepEqual(await valueIn('const Name = "v2"\nfunc f() { use(Name) }'), {
      kind: 'known',
      value: 'v2',
      const: 'example.com/chain/app.Name',
    });
    assert.deepEqual(
      await valueIn('const (\n\tA, B = "a", /* between */ "b"\n)\nfunc f() { use(B) }'),
      { kind: 'known', value: 'b', const: 'example.com/chain/app.B' },
    );
    assert.deepEqual(await valueIn('const (\n\tA = "a"\n\tB\n)\nfunc f() { use(B) }'), {
      kind: 'known',
      value: 'a',
      const: 'example.com/chain/app.B',
    });
    assert.deepEqual(await valueIn('const A = "a"\nconst B = A\nfunc f() { use(B) }'), {
      kind: 'known',
      value: 'a',
      const: 'example.com/chain/app.B',
    });
  });

  it("follows constants across packages, under the alias or the package's own name", async () => {
    const v2 = { 'app/upgrades/v2.0/constants.go': 'package v2\n\nconst UpgradeName = "v2.0.0"\n' };
    const known = {
      kind: 'known',
      value: 'v2.0.0',
      const: 'example.com/chain/app/upgrades/v2.0.UpgradeName',
    };
    assert.deepEqual(
      await valueIn(
        'func f() { use(v2.UpgradeName) }',
        v2,
        'import "example.com/chain/app/upgrades/v2.0"',
      ),
      known,
    );
    assert.deepEqual(
      await valueIn(
        'func f() { use(two.UpgradeName) }',
        v2,
        'import two "example.com/chain/app/upgrades/v2.0"',
      ),
      known,
    );
    assert.deepEqual(
      await valueIn(
        'func f() { use(UpgradeName) }',
        v2,
        'import . "example.com/chain/app/upgrades/v2.0"',
      ),
      known,
    );
  });

  it("is the registry's for store keys of modules that are not here", async () => {
    const value = await valueIn(
      'func f() { use(authtypes.StoreKey) }',
      {},
      'import authtypes "github.com/cosmos/cosmos-sdk/x/auth/types"',
    );
    assert.deepEqual(value, {
      kind: 'known',
      value: 'acc',
      const: 'github.com/cosmos/cosmos-sdk/x/auth/types.StoreKey',
    });
  });

  it('is only named for constants of packages nobody knows', async () => {
    const value = await valueIn(
      'func f() { use(types.StoreKey) }',
      {},
      'import "example.org/elsewhere/x/foo/types"',
    );
    assert.deepEqual(value, { kind: 'named', const: 'example.org/elsewhere/x/foo/types.StoreKey' });
  });

  it('follows locals and function results one call deep, with their arguments', async () => {
    assert.deepEqual(await valueIn('func f() { name := "v2"; use(name) }'), {
      kind: 'known',
      value: 'v2',
    });
    assert.deepEqual(await valueIn('func f() { const name = "v2"; use(name) }'), {
      kind: 'known',
      value: 'v2',
    });
    assert.deepEqual(
      await valueIn('func f() { var (\n\ta = "1"\n\tname = "v2"\n)\n\t_ = a\n\tuse(name) }'),
      { kind: 'known', value: 'v2' },
    );
    assert.deepEqual(
      await valueIn('func name(v string) string { return "v" + v }\nfunc f() { use(name("2")) }'),
      { kind: 'known', value: 'v2' },
    );
    assert.deepEqual(
      await valueIn('func f() { name := func() string { return "v2" }; use(name()) }'),
      { kind: 'known', value: 'v2' },
    );
    assert.deepEqual(
      await valueIn('type PlanName string\nfunc f() { use(string(PlanName("v2"))) }'),
      { kind: 'known', value: 'v2' },
    );
  });

  it('follows a local that is declared without a value and set once, in the same block', async () => {
    const v2 = { kind: 'known', value: 'v2' };
    const body = (statements: string) => `func f() { ${statements}; use(name) }`;
    assert.deepEqual(await valueIn(body('var name string; name = "v2"')), v2);
    assert.deepEqual(await valueIn(body('var a, name string; a, name = "1", "v2"; _ = a')), v2);
    assert.deepEqual(
      await valueIn('func f() { if testnet { var name string; name = "v2"; use(name) } }'),
      v2,
    );
    for (const statements of [
      'var name string; if testnet { name = "v2" }',
      'var name string; name += "v2"',
      'var name string; name = "v1"; name = "v2"',
      'var name string; name = name + "v2"',
      'var name, other string; name, other = both(); _ = other',
      'var name string; for range names { name = "v2" }',
    ])
      unknown(await valueIn(body(statements)), /name is set at run time/);
    unknown(
      await valueIn('func f() { var name string; use(name); name = "v2" }'),
      /name is set at run time/,
    );
  });

  it('prefers the nearest of names that are shadowed', async () => {
    assert.deepEqual(
      await valueIn(
        'const name = "package"\nfunc f() { name := "outer"; { name := "inner"; _ = name }; use(name) }',
      ),
      { kind: 'known', value: 'outer' },
    );
    assert.deepEqual(
      await valueIn('const name = "package"\nfunc f() { { name := "inner"; use(name) } }'),
      { kind: 'known', value: 'inner' },
    );
    assert.deepEqual(
      await valueIn('const name = "package"\nfunc f() { if name := "if"; ok { use(name) } }'),
      { kind: 'known', value: 'if' },
    );
    assert.deepEqual(
      await valueIn('func f() { name := "outer"; if name := name; ok { use(name) } }'),
      { kind: 'known', value: 'outer' },
    );
    assert.deepEqual(
      await valueIn('const name = "package"\nfunc f() { use(name); name := "later"; _ = name }'),
      { kind: 'known', value: 'package', const: 'example.com/chain/app.name' },
    );
  });

  it('does not take a local variable for the package of the same name', async () => {
    const v2 = { 'app/v2/c.go': 'package v2\n\nconst Name = "imported"\n' };
    assert.deepEqual(
      await valueIn(
        'type T struct{ Name string }\nfunc f() { v2 := T{Name: "local"}; use(v2.Name) }',
        v2,
        'import "example.com/chain/app/v2"',
      ),
      { kind: 'known', value: 'local' },
    );
  });

  it('is unknown where a name is bound at run time', async () => {
    unknown(await valueIn('func f(name string) { use(name) }'), /name is a parameter/);
    unknown(
      await valueIn('const name = "package"\nfunc f() (name string) { use(name); return }'),
      /name is a parameter/,
    );
    unknown(
      await valueIn(
        'const name = "package"\nfunc f() { for _, name := range names { use(name) } }',
      ),
      /name is a loop variable/,
    );
    unknown(
      await valueIn('const name = "package"\nfunc f() { for name := first(); ; { use(name) } }'),
      /name is a loop variable/,
    );
    unknown(
      await valueIn(
        'const name = "package"\nfunc f() { switch name := x.(type) { case string: use(name) } }',
      ),
      /name is set at run time/,
    );
    unknown(
      await valueIn('const name = "package"\nfunc f() { select { case name := <-c: use(name) } }'),
      /name is set at run time/,
    );
    unknown(
      await valueIn('func f() { name := "a"; if testnet { name = "b" }; use(name) }'),
      /name is set at run time/,
    );
    unknown(
      await valueIn('func f() { name := "a"; name += "-rc1"; use(name) }'),
      /name is set at run time/,
    );
    unknown(
      await valueIn(
        'func g() (string, string) { return "first", "second" }\nfunc f() { _, name := g(); use(name) }',
      ),
      /name is set at run time/,
    );
    unknown(
      await valueIn(
        'func pick(names ...string) string { return names }\nfunc f() { use(pick("a", "b")) }',
      ),
      /names is a parameter/,
    );
    unknown(await valueIn('func f() { use(<-names) }'), /not a constant/);
  });

  it('is unknown where it is computed', async () => {
    unknown(
      await valueIn('func f() { use(fmt.Sprintf("v%d", 2)) }', {}, 'import "fmt"'),
      /computed at run time/,
    );
    unknown(
      await valueIn('func g() string { if x { return "a" }; return "b" }\nfunc f() { use(g()) }'),
      /computed at run time/,
    );
    unknown(await valueIn('const (\n\tA = iota\n\tB\n)\nfunc f() { use(B) }'), /not a constant/);
    unknown(await valueIn('func f() { use("a" < "b") }'), /computed/);
    unknown(await valueIn('const A = B\nconst B = A\nfunc f() { use(A) }'), /circle/);
    unknown(await valueIn('func f() { use(Missing) }'), /Missing is not defined in app/);
  });

  it('is unknown for variables that somebody sets', async () => {
    assert.deepEqual(await valueIn('var name = "v2"\nfunc f() { use(name) }'), {
      kind: 'known',
      value: 'v2',
      const: 'example.com/chain/app.name',
    });
    unknown(
      await valueIn('var name = "v2"\nfunc init() { name = "v3" }\nfunc f() { use(name) }'),
      /name is set at run time/,
    );
    unknown(
      await valueIn('var Version = ""\nfunc f() { use(Version) }'),
      /set when the program is linked or run/,
    );
    assert.equal(
      (
        await valueIn(
          'var name = "v2"\nfunc init() { name := "v3"; _ = name }\nfunc f() { use(name) }',
        )
      ).kind,
      'known',
    );
  });

  it('is unknown where build tags choose between values, known where they agree', async () => {
    const tagged = (a: string, b: string) => ({
      'app/mainnet.go': `//go:build !testnet\n\npackage app\n\nconst Name = "${a}"\n`,
      'app/testnet.go': `//go:build testnet\n\npackage app\n\nconst Name = "${b}"\n`,
    });
    unknown(
      await valueIn('func f() { use(Name) }', tagged('v2', 'v2-rc1')),
      /build tags choose between several values of Name/,
    );
    assert.equal((await valueIn('func f() { use(Name) }', tagged('v2', 'v2'))).kind, 'known');
    const functions = {
      'app/mainnet.go':
        '//go:build !testnet\n\npackage app\n\nfunc name() string { return "v2" }\n',
      'app/testnet.go':
        '//go:build testnet\n\npackage app\n\nfunc name() string { return "v2-rc1" }\n',
    };
    unknown(await valueIn('func f() { use(name()) }', functions), /computed at run time/);
  });

  it('leaves generated files and files of no build out', async () => {
    unknown(
      await valueIn('func f() { use(Name) }', {
        'app/gen.go': '// Code generated by x. DO NOT EDIT.\n\npackage app\n\nconst Name = "v2"\n',
      }),
      /not defined/,
    );
    unknown(
      await valueIn('func f() { use(Name) }', {
        'app/gen.go': '//go:build ignore\n\npackage main\n\nconst Name = "v2"\n',
      }),
      /not defined/,
    );
    unknown(
      await valueIn('func f() { use(Name) }', {
        'app/_old.go': 'package app\n\nconst Name = "v2"\n',
      }),
      /not defined/,
    );
  });
});
