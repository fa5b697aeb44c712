import assert from 'node:assert/strict';
import { planMount } from '../../../../core/tasks/tasks.ts';
import { byYaml, openConfigured, ownConfig } from '../../../support/configured-app.ts';
import { replaceOnce } from '../../../support/edits.ts';
import type { Opened } from '../../../support/plans.ts';
import { applied, inputOf, openRepo } from '../../../support/plans.ts';

/** An app that depinject builds, with x/berth mounted, and x/counter imported for its effects. */
async function mounted(): Promise<Opened> {
  const before = await openConfigured({ ...byYaml, ...ownConfig });
  const there = applied(before, planMount(inputOf(before), { module: 'x/berth' }));
  const app = replaceOnce(
    'app/app.go',
    there.repo.texts.get('app/app.go')!,
    '\t_ "github.com',
    '\t_ "example.com/tiny/x/counter"\n\t_ "github.com',
  );
  return openRepo(there.repo.with([['app/app.go', app]]));
}

function reasonWith({ repo }: Opened, files: Readonly<Record<string, string>>): string {
  const opened = openRepo(repo.with(Object.entries(files)));
  const { refused } = planMount(inputOf(opened), { module: 'x/berth', remove: true });
  return refused?.reason ?? 'offered';
}

/** A file of x/counter: its imports, then its code. */
const counter = (imports: readonly string[], code: string) => ({
  'x/counter/inputs.go': `package counter\n\nimport (\n${imports.map(one => `\t${one}\n`).join('')})\n\n${code}\n`,
});

const keeper = 'berthkeeper "example.com/tiny/x/berth/keeper"';
const used = /^the keeper of berth \(BerthKeeper\) is still used: x\/counter\/inputs\.go:\d+; /;
const unread =
  /^x\/counter\/inputs\.go:\d+: what .+ asks depinject for cannot be read; take the module out by hand/;

describe('what asks depinject for the keeper of a module that is taken out', function () {
  this.timeout(30_000);
  let opened: Opened;
  before(async () => {
    opened = await mounted();
  });

  for (const [what, call] of [
    ['in a variable of the package', 'var _ = appmodule.Provide(ProvideModule)'],
    ['for one module', 'var _ = depinject.ProvideInModule("counter", ProvideModule)'],
    ['to be invoked', 'func init() { depinject.Invoke(ProvideModule) }'],
    ['by a local variable', 'func init() { p := ProvideModule; depinject.Provide(p) }'],
    ['in a list', 'var all = []any{ProvideModule}\nvar _ = depinject.Provide(all...)'],
  ] as const)
    it(`is a function that is given to it ${what}`, () => {
      const code = `func ProvideModule(k berthkeeper.Keeper) int { return 0 }\n\n${call}`;
      const imports = ['"cosmossdk.io/core/appmodule"', '"cosmossdk.io/depinject"', keeper];
      assert.match(reasonWith(opened, counter(imports, code)), used);
    });

  it('is a function without a name', () => {
    const code = 'Provide(func(k berthkeeper.Keeper) int { return 0 })';
    const dotted = counter(['. "cosmossdk.io/depinject"', keeper], `var _ = ${code}`);
    assert.match(reasonWith(opened, dotted), used);
    const named = counter(['"cosmossdk.io/depinject"', keeper], `var _ = depinject.${code}`);
    assert.match(reasonWith(opened, named), used);
  });

  it('is not known of functions that cannot be read, but for those of other repositories', () => {
    for (const given of ['makers()...', 'provider[int]', 'makers()[0]'])
      assert.match(
        reasonWith(
          opened,
          counter(
            ['"cosmossdk.io/depinject"'],
            `var _ = depinject.Provide(${given})\n\nfunc makers() []any { return other }`,
          ),
        ),
        unread,
        given,
      );
    const elsewhere = counter(
      ['"cosmossdk.io/depinject"', '"github.com/cosmos/cosmos-sdk/runtime"'],
      'var _ = depinject.Provide(runtime.ProvideApp)',
    );
    assert.equal(reasonWith(opened, elsewhere), 'offered');
    const another = counter(['"example.org/http"'], 'var _ = http.Provide(makers()...)');
    assert.equal(reasonWith(opened, another), 'offered');
  });

  for (const type of [
    '[]berthkeeper.Keeper',
    'map[string]berthkeeper.Keeper',
    'func() berthkeeper.Keeper',
    'func() (*berthkeeper.Keeper, error)',
    'interface{ SetBerths(ctx context.Context, berths byte) error }',
  ])
    it(`is an input of the type ${type}`, () => {
      const code = `type Inputs struct {\n\tdepinject.In\n\n\tQuay ${type}\n}`;
      assert.match(reasonWith(opened, counter(['"cosmossdk.io/depinject"', keeper], code)), used);
    });

  it('is an input of a struct that embeds In by another name', () => {
    const code = 'type Inputs struct {\n\tIn\n\n\tQuay berthkeeper.Keeper\n}';
    const dotted = counter(['. "cosmossdk.io/depinject"', keeper], code);
    assert.match(reasonWith(opened, dotted), used);
    const alias = counter(
      ['"cosmossdk.io/depinject"', keeper],
      `type In = depinject.In\n\n${code}`,
    );
    assert.match(reasonWith(opened, alias), used);
    // A struct of that name which is the package's own.
    const own = counter([keeper], `type In struct{}\n\n${code}`);
    assert.equal(reasonWith(opened, own), 'offered');
  });

  it('is what the app speaks of in code, not in comments and strings', () => {
    const app = (code: string) => ({
      'app/other.go': `package app\n\nimport (\n\t${keeper}\n)\n\n${code}\n`,
    });
    const place = /still used: app\/other\.go:\d+; take that out first/;
    const harmless = 'berthkeeper.Keeper goes';
    assert.equal(
      reasonWith(opened, app(`/*\n${harmless}\n*/\n// ${harmless}\nvar s = "${harmless}"`)),
      'offered',
    );
    assert.match(
      reasonWith(opened, app('var url = "https://a.org"; var _ berthkeeper.Keeper')),
      place,
    );
    const dotted = 'package app\n\nimport . "example.com/tiny/x/berth/keeper"\n\nvar _ Keeper\n';
    assert.match(reasonWith(opened, { 'app/other.go': dotted }), place);
  });
});
