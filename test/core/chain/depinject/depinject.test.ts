import assert from 'node:assert/strict';
import { readStores } from '../../../../core/chain/app/stores.ts';
import type { Store, Unknown } from '../../../../core/chain/chain.ts';
import { readOrders, readPreBlocker } from '../../../../core/chain/modules/orders.ts';
import { replaceOnce } from '../../../support/edits.ts';
import { repoOf } from '../../../support/go.ts';

const gomod = 'module example.com/chain\n\nrequire github.com/cosmos/cosmos-sdk v0.50.13\n';
const embedding = `package app

import (
	_ "embed"

	"cosmossdk.io/core/appconfig"
	"cosmossdk.io/depinject"

	_ "example.com/chain/x/foo/module"
	_ "example.com/chain/x/bare/module"
)

//go:embed app.yaml
var appYAML []byte

func AppConfig() depinject.Config { return depinject.Configs(appconfig.LoadYAML(appYAML)) }
`;
const yaml = `modules:
  - name: runtime
    config:
      "@type": cosmos.app.runtime.v1alpha1.Module
      pre_blockers: [upgrade]
      begin_blockers:
        - foo # ours first
        - staking
      override_store_keys:
        - module_name: auth
          kv_store_key: acc
      skip_store_keys: [evidence]
  - name: auth
    config:
      "@type": cosmos.auth.module.v1.Module
  - name: staking
    config:
      "@type": cosmos.staking.module.v1.Module
  - name: params
    config:
      "@type": cosmos.params.module.v1.Module
  - name: evidence
    config:
      "@type": cosmos.evidence.module.v1.Module
  - name: genutil
    config:
      "@type": cosmos.genutil.module.v1.Module
  - name: tx
    config:
      "@type": cosmos.tx.config.v1.Config
  - name: foo
    config:
      "@type": chain.foo.module.v1.Module
  - name: bare
    config:
      "@type": chain.bare.module.v1.Module
  - name: elsewhere
    config:
      "@type": other.elsewhere.module.v1.Module
`;
const module = (name: string, inputs: string) => ({
  [`x/${name}/module/module.go`]: `package module\n\nimport "cosmossdk.io/depinject"\n\ntype AppModule struct{}\n\nfunc (AppModule) Name() string { return "${name}" }\n\ntype ModuleInputs struct {\n\tdepinject.In\n\n${inputs}\n}\n`,
});
const own = {
  ...module('foo', '\tStoreService store.KVStoreService\n\tTransient store.TransientStoreService'),
  ...module('bare', '\tBank BankKeeper'),
};

async function read(files: Record<string, string>, dir = 'app') {
  const repo = await repoOf({ 'go.mod': gomod, ...files });
  const unknown: Unknown[] = [];
  return {
    stores: readStores(repo, dir, u => unknown.push(u)),
    orders: readOrders(repo, dir, () => {}),
    preBlocker: readPreBlocker(repo, dir),
    unknown,
  };
}
const shown = (stores: readonly Store[]) =>
  stores.map(s => `${s.kind} ${s.name}${s.assumed ? '?' : ''}`);

describe('a depinject app', () => {
  it('mounts what the modules of its app.yaml ask for', async () => {
    const { stores, unknown } = await read({
      'app/app.go': embedding,
      'app/app.yaml': yaml,
      ...own,
    });
    assert.deepEqual(shown(stores), [
      'kv acc',
      'kv staking',
      'kv params',
      'transient transient:params',
      'kv foo',
      'transient transient:foo',
      'kv elsewhere?',
    ]);
    assert.deepEqual(unknown, []);
    const [acc, staking] = stores;
    assert.deepEqual(
      [acc!, staking!].map(s => [s.location.file, yaml.slice(s.location.start, s.location.end)]),
      [
        ['app/app.yaml', 'acc'],
        ['app/app.yaml', 'staking'],
      ],
    );
    assert.equal(yaml.split('\n')[staking!.location.line - 1], '  - name: staking');
  });

  it('has its app.yaml by any spelling of the comment above the variable', async () => {
    const variable = '//go:embed app.yaml\nvar appYAML []byte\n';
    for (const spelling of [
      '// The configuration.\n//\n//go:embed "app.yaml"\nvar appYAML []byte\n',
      'var (\n\t//go:embed app.yaml\n\tappYAML []byte\n)\n',
      'var (\n\t//go:embed all:app.yaml\n\tappYAML []byte\n)\n',
    ]) {
      const { stores, unknown } = await read({
        'app/app.go': replaceOnce('app/app.go', embedding, variable, spelling),
        'app/app.yaml': yaml,
        ...own,
      });
      assert.equal(shown(stores)[0], 'kv acc', spelling);
      assert.deepEqual(unknown, []);
    }
  });

  it('mounts what is registered by hand beside', async () => {
    const ibc =
      'package app\n\nimport storetypes "cosmossdk.io/store/types"\n\nfunc (a *App) registerIBC() { a.RegisterStores(storetypes.NewKVStoreKey("ibc")) }\n';
    const { stores } = await read({
      'app/app.go': embedding,
      'app/app.yaml': yaml,
      'app/ibc.go': ibc,
      ...own,
    });
    assert.deepEqual(shown(stores).slice(0, 2), ['kv ibc', 'kv acc']);
  });

  it('has its orders and its pre-blocker there, with a byte order mark or Windows line ends too', async () => {
    for (const text of [yaml, `\uFEFF${yaml}`, yaml.replaceAll('\n', '\r\n')]) {
      const { orders, preBlocker } = await read({
        'app/app.go': embedding,
        'app/app.yaml': text,
        ...own,
      });
      assert.deepEqual(
        orders.map(o => [o.kind, o.names.map(n => n.name)]),
        [
          ['PreBlockers', ['upgrade']],
          ['BeginBlockers', ['foo', 'staking']],
        ],
      );
      assert.equal(text.slice(preBlocker!.start, preBlocker!.end), '[upgrade]');
    }
  });

  it('may lie at the root of the repository', async () => {
    const { stores } = await read({ 'app.go': embedding, 'app.yaml': yaml, ...own }, '');
    assert.equal(stores.length, 7);
  });

  it('says so where app.yaml is missing or is no configuration', async () => {
    assert.match(
      (await read({ 'app/app.go': embedding })).unknown[0]!.why,
      /app\/app\.yaml is not here/,
    );
    assert.match(
      (await read({ 'app/app.go': embedding, 'app/app.yaml': 'modules: [' })).unknown[0]!.why,
      /^not YAML: /,
    );
    assert.match(
      (await read({ 'app/app.go': embedding, 'app/app.yaml': 'modules: none\n' })).unknown[0]!.why,
      /no list of modules/,
    );
    assert.match(
      (await read({ 'app/app.go': embedding, 'app/app.yaml': 'modules:\n  - config: {}\n' }))
        .unknown[0]!.why,
      /a module without a name/,
    );
  });
});

const composed = (tag: string, modules: string) => `${tag}package app

import (
	runtimev1alpha1 "cosmossdk.io/api/cosmos/app/runtime/v1alpha1"
	appv1alpha1 "cosmossdk.io/api/cosmos/app/v1alpha1"
	authmodulev1 "cosmossdk.io/api/cosmos/auth/module/v1"
	bankmodulev1 "cosmossdk.io/api/cosmos/bank/module/v1"
	"cosmossdk.io/core/appconfig"
	"github.com/cosmos/cosmos-sdk/runtime"
	authtypes "github.com/cosmos/cosmos-sdk/x/auth/types"
	banktypes "github.com/cosmos/cosmos-sdk/x/bank/types"
)

var (
	beginBlockers = []string{authtypes.ModuleName, banktypes.ModuleName}

	runtimeModule = &appv1alpha1.ModuleConfig{
		Name: runtime.ModuleName,
		Config: appconfig.WrapAny(&runtimev1alpha1.Module{
			AppName:       "chain",
			PreBlockers:   []string{"upgrade"},
			BeginBlockers: beginBlockers,
			OverrideStoreKeys: []*runtimev1alpha1.StoreKeyConfig{{ModuleName: authtypes.ModuleName, KvStoreKey: "acc"}},
		}),
	}
)

${modules}
`;

describe('an app composed in Go', () => {
  const list = `var AppConfig = appconfig.Compose(&appv1alpha1.Config{
	Modules: []*appv1alpha1.ModuleConfig{
		runtimeModule,
		{Name: authtypes.ModuleName, Config: appconfig.WrapAny(&authmodulev1.Module{})},
		{Name: banktypes.ModuleName, Config: appconfig.WrapAny(&bankmodulev1.Module{})},
		{Name: "tx", Config: appconfig.WrapAny(&txconfigv1.Config{})},
	},
})`;

  it("mounts its modules' stores and orders them", async () => {
    const { stores, orders, preBlocker, unknown } = await read({
      'app/app_config.go': composed('', list),
    });
    assert.deepEqual(shown(stores), ['kv acc', 'kv bank']);
    assert.equal(stores[1]!.const, 'github.com/cosmos/cosmos-sdk/x/bank/types.ModuleName');
    assert.deepEqual(
      orders.map(o => [o.kind, o.names.map(n => n.name)]),
      [
        ['PreBlockers', ['upgrade']],
        ['BeginBlockers', ['auth', 'bank']],
      ],
    );
    assert.equal(preBlocker?.file, 'app/app_config.go');
    assert.deepEqual(unknown, []);
  });

  it('is read inside a function and through append', async () => {
    const inFunction = `func AppConfig() any {
	modules := []*appv1alpha1.ModuleConfig{runtimeModule}
	modules = append(modules, &appv1alpha1.ModuleConfig{Name: banktypes.ModuleName, Config: appconfig.WrapAny(&bankmodulev1.Module{})})
	return appconfig.Compose(&appv1alpha1.Config{Modules: modules})
}`;
    const { stores, unknown } = await read({ 'app/app_config.go': composed('', inFunction) });
    assert.deepEqual(shown(stores), ['kv bank']);
    assert.deepEqual(unknown, []);
  });

  it('may stand beside a hand-wired one behind a build tag; a store of both counts once', async () => {
    const byHand =
      '//go:build app_v1\n\npackage app\n\nimport storetypes "cosmossdk.io/store/types"\n\nvar keys = storetypes.NewKVStoreKeys("acc", "bank", "ibc")\n';
    const { stores } = await read({
      'app/app.go': byHand,
      'app/app_config.go': composed('//go:build !app_v1\n\n', list),
    });
    assert.deepEqual(shown(stores), ['kv acc', 'kv bank', 'kv ibc']);
  });

  it('reports modules it cannot read', async () => {
    const { stores, unknown } = await read({
      'app/app_config.go': composed(
        '',
        'var AppConfig = appconfig.Compose(&appv1alpha1.Config{Modules: append(load(), runtimeModule)})',
      ),
    });
    assert.deepEqual(stores, []);
    assert.deepEqual(
      unknown.map(u => u.why),
      ['load() is computed'],
    );
  });
});
