import assert from 'node:assert/strict';
import { readStores } from '../../../../core/chain/app/stores.ts';
import type { Store, Unknown } from '../../../../core/chain/chain.ts';
import { repoOf } from '../../../support/go.ts';

const gomod =
  'module example.com/chain\n\ngo 1.23\n\nrequire github.com/cosmos/cosmos-sdk v0.50.13\n';
const imports = `import (
	storetypes "cosmossdk.io/store/types"
	upgradetypes "cosmossdk.io/x/upgrade/types"
	authtypes "github.com/cosmos/cosmos-sdk/x/auth/types"
	banktypes "github.com/cosmos/cosmos-sdk/x/bank/types"
	paramstypes "github.com/cosmos/cosmos-sdk/x/params/types"

	footypes "example.com/chain/x/foo/types"
	"example.org/else/bar"
)
`;
const foo = {
  'x/foo/types/keys.go':
    'package types\n\nconst (\n\tModuleName = "foo"\n\tStoreKey   = ModuleName\n)\n',
};

async function read(
  files: Record<string, string>,
  dir = 'app',
): Promise<{ stores: Store[]; unknown: Unknown[] }> {
  const unknown: Unknown[] = [];
  const stores = readStores(await repoOf({ 'go.mod': gomod, ...foo, ...files }), dir, u =>
    unknown.push(u),
  );
  return { stores, unknown };
}

const app = (body: string, more = '') =>
  `package app\n\n${imports}\n${more}\nfunc New() *App {\n${body}\n}\n`;
const names = (stores: readonly Store[], kind = 'kv') =>
  stores.filter(s => s.kind === kind).map(s => s.name ?? `<${s.const}>`);

describe('readStores', () => {
  it('reads a literal list with kind, name, constant and place of every key', async () => {
    const text = app(
      '\tkeys := storetypes.NewKVStoreKeys(\n\t\tauthtypes.StoreKey, // accounts\n\t\tfootypes.StoreKey, bar.StoreKey, "provider",\n\t)\n\ttkeys := storetypes.NewTransientStoreKeys(paramstypes.TStoreKey)\n\t_ = storetypes.NewObjectStoreKeys(banktypes.ObjectStoreKey)\n\t_ = storetypes.NewMemoryStoreKeys("mem_x")',
    );
    const { stores, unknown } = await read({ 'app/app.go': text });
    assert.deepEqual(
      stores.map(({ name, kind, const: constant }) => [kind, name, constant]),
      [
        ['kv', 'acc', 'github.com/cosmos/cosmos-sdk/x/auth/types.StoreKey'],
        ['kv', 'foo', 'example.com/chain/x/foo/types.StoreKey'],
        ['kv', null, 'example.org/else/bar.StoreKey'],
        ['kv', 'provider', undefined],
        ['transient', 'transient_params', 'github.com/cosmos/cosmos-sdk/x/params/types.TStoreKey'],
        ['object', 'object:bank', 'github.com/cosmos/cosmos-sdk/x/bank/types.ObjectStoreKey'],
        ['memory', 'mem_x', undefined],
      ],
    );
    assert.deepEqual(stores.map(s => text.slice(s.location.start, s.location.end)).slice(0, 4), [
      'authtypes.StoreKey',
      'footypes.StoreKey',
      'bar.StoreKey',
      '"provider"',
    ]);
    assert.equal(stores[1]!.location.file, 'app/app.go');
    assert.equal(
      text
        .split('\n')
        [stores[1]!.location.line - 1]!.slice(stores[1]!.location.column - 1)
        .startsWith('footypes.StoreKey'),
      true,
    );
    assert.deepEqual(unknown, []);
  });

  it('reads keys that a package of the app makes', async () => {
    const keepers = `package keepers\n\n${imports}\nfunc (k *AppKeepers) GenerateKeys() {\n\tk.keys = storetypes.NewKVStoreKeys(footypes.StoreKey)\n}\n`;
    const { stores } = await read({
      'app/app.go':
        'package app\n\nimport "example.com/chain/app/keepers"\n\nvar _ keepers.AppKeepers\n',
      'app/keepers/keys.go': keepers,
    });
    assert.deepEqual(names(stores), ['foo']);
    assert.equal(stores[0]!.location.file, 'app/keepers/keys.go');
  });

  it('follows helper functions, append under flags, loops and package variables', async () => {
    const more = `
var more = []string{banktypes.StoreKey}

func init() { more = append(more, "late") }

func storeKeys() []string {
	keys := []string{authtypes.StoreKey}
	if experimental() {
		keys = append(keys, "wasm", "hooks")
	}
	for _, name := range []string{"a", "b"} {
		keys = append(keys, name)
	}
	return append(keys, footypes.StoreKey)
}
`;
    const { stores, unknown } = await read({
      'app/app.go': app(
        '\tkeys := storetypes.NewKVStoreKeys(append(storeKeys(), more...)...)',
        more,
      ),
    });
    assert.deepEqual(names(stores), ['acc', 'wasm', 'hooks', 'a', 'b', 'foo', 'bank', 'late']);
    assert.deepEqual(unknown, []);
  });

  it('tells stores of a branch from those that a header mounts', async () => {
    const mount = (name: string) => `app.RegisterStores(storetypes.NewKVStoreKey("${name}"))`;
    const { stores } = await read({
      'app/app.go': app(
        [
          `if err := ${mount('header')}; err != nil {\n\t\tpanic(err)\n\t}`,
          `if ${mount('condition')} != nil {\n\t\tpanic("stores")\n\t}`,
          `switch err := ${mount('tag')}; {\n\tcase err != nil:\n\t\tpanic(err)\n\t}`,
          `if wasm {\n\t\t${mount('then')}\n\t} else {\n\t\t${mount('else')}\n\t}`,
          `if a {\n\t} else if err := ${mount('later')}; err != nil {\n\t\tpanic(err)\n\t}`,
          `if wasm {\n\t\tif err := ${mount('nested')}; err != nil {\n\t\t}\n\t}`,
          `switch {\n\tcase wasm:\n\t\t${mount('case')}\n\tdefault:\n\t\t${mount('default')}\n\t}`,
        ].join('\n\t'),
      ),
    });
    const conditional = stores.filter(store => store.conditional).map(({ name }) => name);
    assert.deepEqual(conditional, ['then', 'else', 'later', 'nested', 'case', 'default']);
    assert.equal(stores.length, 9);
  });

  it('takes the lists of all build tags together', async () => {
    const list = (tag: string, keys: string) =>
      `//go:build ${tag}\n\npackage app\n\nfunc extraKeys() []string { return []string{${keys}} }\n`;
    const { stores } = await read({
      'app/app.go': app('\tkeys := storetypes.NewKVStoreKeys(extraKeys()...)'),
      'app/a.go': list('fibre', '"fibre", "both"'),
      'app/b.go': list('!fibre', '"both"'),
    });
    assert.deepEqual(names(stores), ['fibre', 'both']);
  });

  it('reads single keys: RegisterStores, map literals, package variables, helpers with a parameter', async () => {
    const more = `
var wasmKey = storetypes.NewKVStoreKey("wasm")

func (a *App) addKey(name string) { a.keys[name] = storetypes.NewKVStoreKey(name) }
`;
    const body =
      '\tapp.RegisterStores(storetypes.NewKVStoreKey(footypes.StoreKey), storetypes.NewMemoryStoreKey("mem"))\n\tm := map[string]*storetypes.KVStoreKey{"z": storetypes.NewKVStoreKey("z")}\n\ta.addKey("one")\n\ta.addKey("two")';
    const { stores, unknown } = await read({ 'app/app.go': app(body, more) });
    assert.deepEqual(names(stores).sort(), ['foo', 'one', 'two', 'wasm', 'z']);
    assert.deepEqual(names(stores, 'memory'), ['mem']);
    assert.deepEqual(unknown, []);
  });

  it('leaves out other apps, tests, test helpers and packages the app does not use', async () => {
    const make = (name: string) =>
      `package p\n\n${imports}\nfunc Make() { _ = storetypes.NewKVStoreKeys("${name}") }\n`;
    const { stores } = await read({
      'app/app.go': app('\t_ = storetypes.NewKVStoreKeys("mine")').replace(
        'import (',
        'import (\n\t"example.com/chain/simapp"\n\t"example.com/chain/x/foo/keeper"\n\t"example.com/chain/lib"\n',
      ),
      'app/app_test.go': make('test'),
      'app/helpers.go': make('helper').replace('import (', 'import (\n\t"testing"\n'),
      'app/unused/u.go': make('unused'),
      'simapp/app.go': `${make('simapp')}\nfunc New() { baseapp.NewBaseApp() }\n`,
      'x/foo/keeper/test_common.go': make('common'),
      'lib/lib.go': make('lib'),
    });
    assert.deepEqual(names(stores), ['mine']);
  });

  it('takes keys from elsewhere where the app calls for them', async () => {
    const lib = `package lib\n\n${imports}\nfunc Keys() { _ = make() }\n\nfunc make() any { return storetypes.NewKVStoreKeys("lib") }\n`;
    const { stores } = await read({
      'app/app.go': 'package app\n\nimport "example.com/chain/lib"\n\nfunc New() { lib.Keys() }\n',
      'lib/lib.go': lib,
    });
    assert.deepEqual(names(stores), ['lib']);
  });

  it('reports what it cannot know and reads the rest', async () => {
    const { stores, unknown } = await read({
      'app/app.go': app(
        '\tkeys := storetypes.NewKVStoreKeys(append([]string{"known", os.Getenv("X")}, computed()...)...)',
      ),
    });
    assert.deepEqual(names(stores), ['known']);
    assert.deepEqual(
      unknown.map(u => u.why),
      [
        'a mounted store\'s name is not known: os.Getenv("X") is computed at run time',
        "a mounted store's name is not known: computed() is computed",
      ],
    );
  });

  it('says so where keys come ready-made from another repository, and where it finds none at all', async () => {
    const body =
      '\tkeys := bar.StoreKeys()\n\tapp.MountKVStores(keys)\n\tapp.MountTransientStores(bar.Transient())\n\tmem := storetypes.NewMemoryStoreKeys("m")\n\tapp.MountMemoryStores(mem)';
    const outside = await read({ 'app/app.go': app(body) });
    assert.deepEqual(
      outside.unknown.map(u => [u.location.line, u.why]),
      [16, 18].map(line => [
        line,
        'these stores are named outside this repository, in example.org/else/bar',
      ]),
    );
    const none = await read({ 'app/app.go': 'package app\n' });
    assert.deepEqual(
      none.unknown.map(u => u.why),
      ['nothing was found that makes store keys for this app'],
    );
  });

  it('counts a store that is made twice once', async () => {
    const { stores } = await read({
      'app/app.go': app(
        '\t_ = storetypes.NewKVStoreKeys("a", "b")\n\t_ = storetypes.NewKVStoreKey("a")\n\t_ = storetypes.NewTransientStoreKey("a")',
      ),
    });
    assert.deepEqual(
      stores.map(s => `${s.kind} ${s.name}`),
      ['kv a', 'kv b', 'transient a'],
    );
  });

  it("knows what a constant was in the app's SDK", async () => {
    const text =
      'package app\n\nimport (\n\tsdk "github.com/cosmos/cosmos-sdk/types"\n\tcapabilitytypes "github.com/cosmos/cosmos-sdk/x/capability/types"\n)\n\nvar k = sdk.NewMemoryStoreKeys(capabilitytypes.MemStoreKey)\n';
    const old = await read({ 'go.mod': gomod.replace('v0.50.13', 'v0.45.16'), 'app/app.go': text });
    assert.deepEqual(names(old.stores, 'memory'), ['mem_capability']);
    const newer = await read({
      'go.mod': gomod.replace('v0.50.13', 'v0.47.5'),
      'app/app.go': text,
    });
    assert.deepEqual(names(newer.stores, 'memory'), ['memory:capability']);
  });

  describe('where the package has another app type', () => {
    const own =
      'package app\n\nimport (\n\tstoretypes "cosmossdk.io/store/types"\n' +
      '\t"github.com/cosmos/cosmos-sdk/baseapp"\n)\n\n' +
      'type App struct {\n\t*baseapp.BaseApp\n}\n\n' +
      'func (app *App) Name() string { return "app" }\n\nfunc (app *App) Close() error { return nil }\n\n' +
      'func New() *App {\n\t_ = storetypes.NewKVStoreKeys("foo")\n\treturn &App{}\n}\n';
    const other = (body: string, more = '') =>
      'package app\n\nimport (\n\tstoretypes "cosmossdk.io/store/types"\n' +
      '\t"github.com/cosmos/cosmos-sdk/baseapp"\n)\n\n' +
      `type Bench struct {\n\t*baseapp.BaseApp\n}\n\n${body}\n${more}`;

    for (const [title, text] of Object.entries({
      'its constructor': other(
        'func NewBench() *Bench {\n\t_ = storetypes.NewKVStoreKeys("bench")\n\treturn &Bench{}\n}',
      ),
      'a method of it': other(
        'func (b *Bench) mount() {\n\tb.MountKVStores(storetypes.NewKVStoreKeys("bench"))\n}',
      ),
      'what only its constructor calls': other(
        'func NewBench() *Bench {\n\tbenchKeys()\n\treturn &Bench{}\n}',
        'func benchKeys() any { return storetypes.NewKVStoreKeys("bench") }\n',
      ),
      'a variable that only its constructor takes': other(
        'func NewBench() *Bench {\n\tb := &Bench{}\n\tb.MountKVStores(benchKeys)\n\treturn b\n}',
        'var benchKeys = storetypes.NewKVStoreKeys("bench")\n',
      ),
    })) {
      // Whichever file comes first: the app is the type that has most methods.
      for (const path of ['app/aaa.go', 'app/zzz.go'])
        it(`leaves out ${title} (${path})`, async () => {
          const { stores } = await read({ 'app/app.go': own, [path]: text });
          assert.deepEqual(names(stores), ['foo']);
        });
    }

    it('keeps what both take', async () => {
      const both = other(
        'func NewBench() *Bench {\n\tkeys()\n\treturn &Bench{}\n}',
        'func keys() any { return storetypes.NewKVStoreKeys("both") }\n' +
          'func (app *App) mount() { keys() }\n',
      );
      const { stores } = await read({ 'app/app.go': own, 'app/bench.go': both });
      assert.deepEqual(names(stores).sort(), ['both', 'foo']);
    });
  });

  describe('where an app that is wired by hand has a configuration', () => {
    const byHand = app(
      '\tapp := &App{}\n\tapp.MountKVStores(storetypes.NewKVStoreKeys("foo"))\n\treturn app',
    );
    const config = (declaration: string) =>
      'package app\n\nimport (\n\tappv1alpha1 "cosmossdk.io/api/cosmos/app/v1alpha1"\n' +
      '\tbankmodulev1 "cosmossdk.io/api/cosmos/bank/module/v1"\n' +
      '\t"cosmossdk.io/core/appconfig"\n\t"cosmossdk.io/depinject"\n)\n\n' +
      declaration.replace(
        'CONFIG',
        'appconfig.Compose(&appv1alpha1.Config{Modules: []*appv1alpha1.ModuleConfig{' +
          '{Name: "bank", Config: appconfig.WrapAny(&bankmodulev1.Module{})}}})',
      );

    for (const [title, declaration] of Object.entries({
      'assigned to nothing': 'var _ = CONFIG\n',
      'in a variable that nobody takes': 'var oldConfig = CONFIG\n',
      'given by a function that nobody calls':
        'func oldConfig() depinject.Config { return CONFIG }\n',
      'taken by a variable that nobody takes':
        'var oldConfig = CONFIG\n\nvar all = depinject.Configs(oldConfig)\n',
    }))
      it(`leaves out one ${title}`, async () => {
        const { stores } = await read({
          'app/app.go': byHand,
          'app/config.go': config(declaration),
        });
        assert.deepEqual(names(stores), ['foo']);
      });

    for (const [title, declaration, more] of [
      [
        'that is injected',
        'var AppConfig = CONFIG\n\nfunc inject() error { return depinject.Inject(AppConfig) }\n',
        {},
      ],
      [
        'that another package injects by a variable between',
        'var base = CONFIG\n\nvar AppConfig = depinject.Configs(base)\n',
        {
          'cmd/main.go':
            'package main\n\nimport (\n\t"cosmossdk.io/depinject"\n\t"example.com/chain/app"\n)\n\n' +
            'func main() {\n\tdepinject.Inject(app.AppConfig)\n}\n',
        },
      ],
    ] as const)
      it(`keeps one ${title}`, async () => {
        const { stores } = await read({
          'app/app.go': byHand,
          'app/config.go': config(declaration),
          ...more,
        });
        assert.deepEqual(names(stores).sort(), ['bank', 'foo']);
      });
  });
});
