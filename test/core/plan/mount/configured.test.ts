import assert from 'node:assert/strict';
import type { Plan } from '../../../../core/plan/plan.ts';
import type { Answers } from '../../../../core/plan/question.ts';
import { planMount } from '../../../../core/tasks/tasks.ts';
import { textsIn } from '../../../go/generations.ts';
import { repoOf } from '../../../support/go.ts';
import { gofmtIsHere, gofmtWish } from '../../../support/gofmt.ts';
import type { Opened } from '../../../support/plans.ts';
import { applied, inputOf, openRepo } from '../../../support/plans.ts';

const head = (imports: string) => `package app

import (
	"cosmossdk.io/core/appconfig"
	"cosmossdk.io/depinject"
	storetypes "cosmossdk.io/store/types"
	upgradekeeper "cosmossdk.io/x/upgrade/keeper"
	"github.com/cosmos/cosmos-sdk/codec"
	"github.com/cosmos/cosmos-sdk/runtime"
	bankkeeper "github.com/cosmos/cosmos-sdk/x/bank/keeper"
	govkeeper "github.com/cosmos/cosmos-sdk/x/gov/keeper"

${imports}
)
`;

const app = (config: string, load: string) =>
  `
type App struct {
	*runtime.App

	appCodec      codec.Codec
	BankKeeper    bankkeeper.BaseKeeper
	UpgradeKeeper *upgradekeeper.Keeper
	GovKeeper     *govkeeper.Keeper
}

${config}

func New() (*App, error) {
	app := &App{}
	var appBuilder *runtime.AppBuilder
	if err := depinject.Inject(AppConfig, &appBuilder, &app.appCodec, &app.BankKeeper, &app.UpgradeKeeper, &app.GovKeeper); err != nil {
		return nil, err
	}
	app.App = appBuilder.Build(nil, nil)
${load}
	return app, app.Load(true)
}
`.replace(/\n{3,}/g, '\n\n');

const yaml = `modules:
  - name: runtime
    config:
      "@type": cosmos.app.runtime.v1alpha1.Module
      end_blockers: [gov]
      init_genesis:
        - auth
        - bank
  - name: auth
    config:
      "@type": cosmos.auth.module.v1.Module
      module_account_permissions:
        - account: fee_collector
        - account: gov
          permissions: [burner]
  - name: bank
    config:
      "@type": cosmos.bank.module.v1.Module`;

const byYaml = {
  'app/app.go':
    head('\t_ "github.com/cosmos/cosmos-sdk/x/bank"') +
    app('//go:embed app.yaml\nvar config []byte\n\nvar AppConfig = appconfig.LoadYAML(config)', ''),
  'app/app.yaml': yaml,
};

const byGo = {
  'app/app.go': head('\t_ "github.com/cosmos/cosmos-sdk/x/bank"') + app('', ''),
  'app/app_config.go': `package app

import (
	authmodulev1 "cosmossdk.io/api/cosmos/auth/module/v1"
	bankmodulev1 "cosmossdk.io/api/cosmos/bank/module/v1"
	runtimev1alpha1 "cosmossdk.io/api/cosmos/app/runtime/v1alpha1"
	appv1alpha1 "cosmossdk.io/api/cosmos/app/v1alpha1"
	"cosmossdk.io/core/appconfig"
	authtypes "github.com/cosmos/cosmos-sdk/x/auth/types"
	banktypes "github.com/cosmos/cosmos-sdk/x/bank/types"
	govtypes "github.com/cosmos/cosmos-sdk/x/gov/types"
)

var permissions = []*authmodulev1.ModuleAccountPermission{
	{Account: authtypes.FeeCollectorName},
	{Account: govtypes.ModuleName, Permissions: []string{authtypes.Burner}},
}

var AppConfig = appconfig.Compose(&appv1alpha1.Config{
	Modules: []*appv1alpha1.ModuleConfig{
		{
			Name: "runtime",
			Config: appconfig.WrapAny(&runtimev1alpha1.Module{
				EndBlockers: []string{govtypes.ModuleName},
				InitGenesis: []string{
					authtypes.ModuleName,
					banktypes.ModuleName,
				},
			}),
		},
		{
			Name:   banktypes.ModuleName,
			Config: appconfig.WrapAny(&bankmodulev1.Module{}),
		},
	},
})
`,
};

/** What makes the module one that depinject configures. */
const ownConfig = {
  'x/berth/depinject.go': `package berth

import (
	"cosmossdk.io/core/appmodule"
	"cosmossdk.io/core/store"
	"cosmossdk.io/depinject"

	modulev1 "example.com/tiny/api/tiny/berth/module/v1"
	"example.com/tiny/x/berth/keeper"
)

func init() {
	appmodule.Register(&modulev1.Module{}, appmodule.Provide(ProvideModule))
}

type ModuleInputs struct {
	depinject.In

	StoreService store.KVStoreService
}

type ModuleOutputs struct {
	depinject.Out

	Keeper keeper.Keeper
}

func ProvideModule(in ModuleInputs) ModuleOutputs { return ModuleOutputs{} }
`,
};

async function open(files: Readonly<Record<string, string>>): Promise<Opened> {
  const shared = [...textsIn('chain')].filter(([file]) => /^(go\.mod|x\/)/.test(file));
  const all = Object.fromEntries([...shared, ...textsIn('mount')]);
  return openRepo(await repoOf({ ...all, ...files }));
}

function offered(opened: Opened, answers: Answers = {}): { plan: Plan; after: Opened } {
  const plan = planMount(inputOf(opened), { module: 'x/berth', ...answers });
  assert.equal(plan.refused?.reason, undefined);
  const after = applied(opened, plan);
  for (const { file } of plan.edits)
    if (gofmtIsHere && file.endsWith('.go') && file !== 'app/app_config.go')
      assert.equal(gofmtWish(after.repo.texts.get(file)!), undefined, file);
  assert.ok(after.app.mounted.some(({ name }) => name === 'berth'));
  assert.ok(after.app.stores.some(({ name }) => name === 'berth'));
  return { plan, after };
}

const textOf = ({ after }: { after: Opened }, file: string) => after.repo.texts.get(file)!;

describe('mounting a module on an app that depinject builds', function () {
  this.timeout(30_000);

  it('registers one without a configuration behind Build, and names it in the YAML', async () => {
    const found = offered(await open(byYaml), { permissions: 'minter' });
    assert.match(
      textOf(found, 'app/app.go'),
      new RegExp(
        [
          'app\\.App = appBuilder\\.Build\\(nil, nil\\)',
          '',
          '\t// berth has no configuration for depinject, so it is registered here\\.',
          '\tberthKey := storetypes\\.NewKVStoreKey\\(berthtypes\\.StoreKey\\)',
          '\tif err := app\\.RegisterStores\\(berthKey\\); err != nil {',
          '\t\treturn nil, err',
          '\t}',
          '\tapp\\.BerthKeeper = berthkeeper\\.NewKeeper\\(',
          '\t\tapp\\.appCodec,',
          '\t\truntime\\.NewKVStoreService\\(berthKey\\),',
          '\t\tapp\\.BankKeeper,',
          '\t\tauthtypes\\.NewModuleAddress\\(govtypes\\.ModuleName\\)\\.String\\(\\),',
          '\t\\)',
          '\tif err := app\\.RegisterModules\\(berth\\.NewAppModule\\(app\\.appCodec, app\\.BerthKeeper\\)\\); err != nil {',
        ].join('\n'),
      ),
    );
    assert.match(textOf(found, 'app/app.go'), /app\.SetInitChainer\(func\(ctx sdk\.Context, /);
    const config = textOf(found, 'app/app.yaml');
    assert.match(config, /end_blockers: \[gov, berth\]/);
    assert.match(config, /- bank\n {8}- berth\n/);
    assert.match(
      config,
      /permissions: \[burner\]\n {8}- account: berth\n {10}permissions: \[minter\]\n/,
    );
    assert.doesNotMatch(config, /name: berth/);
  });

  it('gives one with a configuration its entry, also at the end of a file without a last line break', async () => {
    const found = offered(await open({ ...byYaml, ...ownConfig }));
    assert.ok(
      textOf(found, 'app/app.yaml').endsWith(
        '\n  - name: berth\n    config:\n      "@type": tiny.berth.module.v1.Module',
      ),
    );
    const text = textOf(found, 'app/app.go');
    assert.match(text, /_ "example\.com\/tiny\/x\/berth"/);
    assert.match(text, /&app\.GovKeeper, &app\.BerthKeeper\)/);
    assert.doesNotMatch(text, /RegisterModules/);
  });

  it('does the same in a configuration that is Go', async () => {
    const found = offered(await open({ ...byGo, ...ownConfig }), { permissions: 'none' });
    const config = textOf(found, 'app/app_config.go');
    assert.match(config, /EndBlockers: \[\]string\{govtypes\.ModuleName, berthtypes\.ModuleName\}/);
    assert.match(config, /banktypes\.ModuleName,\n\t{5}berthtypes\.ModuleName,\n/);
    assert.match(
      config,
      /\t\t\{\n\t\t\tName: {3}berthtypes\.ModuleName,\n\t\t\tConfig: appconfig\.WrapAny\(&berthmodulev1\.Module\{\}\),\n\t\t\},\n/,
    );
    assert.match(config, /\{Account: berthtypes\.ModuleName\},\n\}/);
  });

  it('registers it beside the modules that the app registers by hand', async () => {
    const load = `	if err := app.RegisterStores(storetypes.NewKVStoreKey(countertypes.StoreKey)); err != nil {
		return nil, err
	}
	app.SetInitChainer(app.InitChainer)
	app.CounterKeeper = counterkeeper.NewKeeper(runtime.NewKVStoreService(app.GetKey(countertypes.StoreKey)))
	if err := app.RegisterModules(counter.NewAppModule(app.CounterKeeper)); err != nil {
		return nil, err
	}`;
    const own = `	"example.com/tiny/x/counter"
	counterkeeper "example.com/tiny/x/counter/keeper"
	countertypes "example.com/tiny/x/counter/types"`;
    const chainer = `
func (app *App) InitChainer(ctx sdk.Context, req *abci.RequestInitChain) (*abci.ResponseInitChain, error) {
	if err := app.UpgradeKeeper.SetModuleVersionMap(ctx, app.ModuleManager.GetVersionMap()); err != nil {
		return nil, err
	}
	return app.App.InitChainer(ctx, req)
}
`;
    const text = (
      head(own) +
      app(
        '//go:embed app.yaml\nvar config []byte\n\nvar AppConfig = appconfig.LoadYAML(config)',
        load,
      )
    ).replace(
      '\tGovKeeper     *govkeeper.Keeper\n',
      '\tGovKeeper     *govkeeper.Keeper\n\n\tCounterKeeper counterkeeper.Keeper\n',
    );
    const found = offered(await open({ 'app/app.go': text + chainer, 'app/app.yaml': yaml }));
    const written = textOf(found, 'app/app.go');
    assert.match(
      written,
      /NewKVStoreKey\(countertypes\.StoreKey\), storetypes\.NewKVStoreKey\(berthtypes\.StoreKey\)\)/,
    );
    assert.match(written, /runtime\.NewKVStoreService\(app\.GetKey\(berthtypes\.StoreKey\)\),/);
    assert.match(
      written,
      /RegisterModules\(counter\.NewAppModule\(app\.CounterKeeper\), berth\.NewAppModule\(app\.appCodec, app\.BerthKeeper\)\)/,
    );
  });
});
