import { textsIn } from '../go/generations.ts';
import { repoOf } from './go.ts';
import type { Opened } from './plans.ts';
import { openRepo } from './plans.ts';

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

/** A configuration in YAML, without a line break at its end. */
export const yaml = `modules:
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

/** An app that is configured in YAML. */
export const byYaml = {
  'app/app.go':
    head('\t_ "github.com/cosmos/cosmos-sdk/x/bank"') +
    app('//go:embed app.yaml\nvar config []byte\n\nvar AppConfig = appconfig.LoadYAML(config)', ''),
  'app/app.yaml': yaml,
};

/** An app that is configured in Go. */
export const byGo = {
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
			Name:   authtypes.ModuleName,
			Config: appconfig.WrapAny(&authmodulev1.Module{ModuleAccountPermissions: permissions}),
		},
		{
			Name:   banktypes.ModuleName,
			Config: appconfig.WrapAny(&bankmodulev1.Module{}),
		},
	},
})
`,
};

const registered = `	if err := app.RegisterStores(storetypes.NewKVStoreKey(countertypes.StoreKey)); err != nil {
		return nil, err
	}
	app.SetInitChainer(app.InitChainer)
	app.CounterKeeper = counterkeeper.NewKeeper(runtime.NewKVStoreService(app.GetKey(countertypes.StoreKey)))
	if err := app.RegisterModules(counter.NewAppModule(app.CounterKeeper)); err != nil {
		return nil, err
	}`;

const chainer = `
func (app *App) InitChainer(ctx sdk.Context, req *abci.RequestInitChain) (*abci.ResponseInitChain, error) {
	if err := app.UpgradeKeeper.SetModuleVersionMap(ctx, app.ModuleManager.GetVersionMap()); err != nil {
		return nil, err
	}
	return app.App.InitChainer(ctx, req)
}
`;

const loadsYaml =
  '//go:embed app.yaml\nvar config []byte\n\nvar AppConfig = appconfig.LoadYAML(config)';

/** An app that registers a module beside the runtime. */
export const besideRuntime = {
  'app/app.go':
    (
      head(`	"example.com/tiny/x/counter"
	counterkeeper "example.com/tiny/x/counter/keeper"
	countertypes "example.com/tiny/x/counter/types"`) + app(loadsYaml, registered)
    ).replace(
      '\tGovKeeper     *govkeeper.Keeper\n',
      '\tGovKeeper     *govkeeper.Keeper\n\n\tCounterKeeper counterkeeper.Keeper\n',
    ) + chainer,
  'app/app.yaml': yaml,
};

/** What makes the module one that depinject configures. */
export const ownConfig = {
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

/** The chain of test/go with x/berth beside it, and an app of those files. */
export async function openConfigured(files: Readonly<Record<string, string>>): Promise<Opened> {
  const shared = [...textsIn('chain')].filter(([file]) => /^(go\.mod|x\/)/.test(file));
  const all = Object.fromEntries([...shared, ...textsIn('mount')]);
  return openRepo(await repoOf({ ...all, ...files }));
}
