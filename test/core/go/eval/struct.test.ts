import assert from 'node:assert/strict';
import { fieldOf, stringValue, structOf, textOf } from '../../../../core/go/eval/value.ts';
import { unknown, used, valueIn } from '../../../support/used.ts';

describe('the method a call calls', () => {
  it("is the one of the operand's type", async () => {
    const types =
      'type A struct{}\ntype B struct{ a A }\nfunc (A) Name() string { return "a" }\nfunc (B) Name() string { return "b" }\n';
    assert.deepEqual(await valueIn(`${types}func f(x *B) { use(x.Name()) }`), {
      kind: 'known',
      value: 'b',
    });
    assert.deepEqual(await valueIn(`${types}func f(x *B) { use(x.a.Name()) }`), {
      kind: 'known',
      value: 'a',
    });
    assert.deepEqual(await valueIn(`${types}func f() { x := &B{}; use(x.Name()) }`), {
      kind: 'known',
      value: 'b',
    });
    assert.deepEqual(await valueIn(`${types}type C struct{ *A }\nfunc f() { use(C{}.Name()) }`), {
      kind: 'known',
      value: 'a',
    });
  });

  it("is not the package's own where the operand is of another package", async () => {
    const own =
      'type App struct{ *baseapp.BaseApp }\nfunc (app *App) Name() string { return "own" }\n';
    unknown(
      await valueIn(
        `${own}func f(app *App) { use(app.BaseApp.Name()) }`,
        {},
        'import "github.com/cosmos/cosmos-sdk/baseapp"',
      ),
      /computed at run time/,
    );
    unknown(
      await valueIn(
        `${own}func f(plan types.Plan) { use(plan.Name()) }`,
        {},
        'import "github.com/cosmos/cosmos-sdk/baseapp"\nimport "cosmossdk.io/x/upgrade/types"',
      ),
      /computed at run time/,
    );
    assert.deepEqual(
      await valueIn(
        `${own}func f(app *App) { use(app.Name()) }`,
        {},
        'import "github.com/cosmos/cosmos-sdk/baseapp"',
      ),
      { kind: 'known', value: 'own' },
    );
  });

  it("is not a package's function where a local of that name is called", async () => {
    unknown(
      await valueIn(
        'func name() string { return "package" }\nfunc f(name func() string) { use(name()) }',
      ),
      /computed at run time/,
    );
  });
});

describe('the struct behind an expression', () => {
  const upgrade = 'type Upgrade struct{ Name string }\n';

  it('is found through variables, pointers, constructors and other packages', async () => {
    const other = {
      'app/v2/v2.go':
        'package v2\n\nvar Upgrade = upgrades.Upgrade{Name: "v2"}\n\nfunc New(name string) *upgrades.Upgrade { return &upgrades.Upgrade{Name: name} }\n',
    };
    for (const [body, name] of [
      ['func f() { use(Upgrade{Name: "v2"}) }', '"v2"'],
      ['var u = &Upgrade{Name: "v2"}\nfunc f() { use(u) }', '"v2"'],
      ['func f() { u := Upgrade{Name: "v2"}; use(&u) }', '"v2"'],
      ['func f() { use(v2.Upgrade) }', '"v2"'],
      ['func f() { use(v2.New("v3")) }', 'name'],
    ] as const) {
      const { repo, expr } = await used({
        'app/app.go': `package app\n\nimport "example.com/chain/app/v2"\n\n${upgrade}${body}\n`,
        ...other,
      });
      const struct = structOf(repo, expr);
      assert.ok(struct, body);
      assert.equal(textOf(fieldOf(struct, 'Name')!), name, body);
    }
    const { repo, expr } = await used({
      'app/app.go':
        'package app\n\nimport "example.com/chain/app/v2"\n\nfunc f() { use(v2.New("v3").Name) }\n',
      ...other,
    });
    assert.deepEqual(stringValue(repo, expr), { kind: 'known', value: 'v3' });
  });

  it('is not told where a field is set afterwards', async () => {
    unknown(
      await valueIn(`${upgrade}func f() { u := Upgrade{Name: "v2"}; u.Name = "v3"; use(u.Name) }`),
      /not a constant/,
    );
  });
});
