import assert from 'node:assert/strict';
import { analyse } from '../../../../core/chain/analysis.ts';
import type { App } from '../../../../core/chain/chain.ts';
import { repoOf } from '../../../support/go.ts';

const module = {
  'go.mod': 'module example.com/chain\n',
  'x/foo/types/keys.go': 'package types\n\nconst ModuleName = "foo"\n',
  'x/foo/module.go': `package foo

import "example.com/chain/x/foo/types"

type AppModule struct{}

func NewAppModule() AppModule { return AppModule{} }

func (AppModule) Name() string { return types.ModuleName }
`,
};

/** An app whose constructor has such a body, with more files. */
async function appWith(
  body: string,
  more: Record<string, string> = {},
): Promise<{ app: App; unknown: string[] }> {
  const text = `package app

import (
	"github.com/cosmos/cosmos-sdk/baseapp"
	"github.com/cosmos/cosmos-sdk/types/module"
	"github.com/cosmos/cosmos-sdk/x/auth"
	authkeeper "github.com/cosmos/cosmos-sdk/x/auth/keeper"
	bankkeeper "github.com/cosmos/cosmos-sdk/x/bank/keeper"
	"github.com/cosmos/ibc-go/v8/modules/apps/transfer"

	"example.com/chain/app/keepers"
	"example.com/chain/x/foo"
)

type App struct {
	*baseapp.BaseApp
	keepers.AppKeepers

	BankKeeper     *bankkeeper.BaseKeeper
	TransferModule transfer.AppModule
	mm             *module.Manager
}

${body}
`;
  const keepers = `package keepers

import authkeeper "github.com/cosmos/cosmos-sdk/x/auth/keeper"

type AppKeepers struct {
	AccountKeeper authkeeper.AccountKeeper
}
`;
  const repo = await repoOf({
    ...module,
    'app/app.go': text,
    'app/keepers/keepers.go': keepers,
    ...more,
  });
  const { apps, unknown } = analyse(repo).chain;
  return { app: apps[0]!, unknown: unknown.map(({ why }) => why) };
}

const shown = ({ mounted }: App) =>
  mounted.map(({ name, package: path }) => `${name ?? '?'} ${path ?? '?'}`);

describe('the modules an app mounts', () => {
  it('are what the manager gets, however it is written', async () => {
    const { app } = await appWith(`
func New() *App {
	app := &App{}
	own := foo.NewAppModule()
	app.mm = module.NewManager(auth.NewAppModule(nil, app.AccountKeeper), app.TransferModule, own)
	return app
}`);
    assert.deepEqual(shown(app), [
      'auth github.com/cosmos/cosmos-sdk/x/auth',
      'transfer github.com/cosmos/ibc-go/v8/modules/apps/transfer',
      'foo example.com/chain/x/foo',
    ]);
  });
  it('may come from a function that gives the list, and from a map', async () => {
    const listed = await appWith(`
func New() *App {
	app := &App{}
	app.mm = module.NewManager(appModules(app)...)
	return app
}

func appModules(app *App) []module.AppModule {
	return []module.AppModule{auth.NewAppModule(nil), &foo.AppModule{}}
}`);
    const mapped = await appWith(`
func New() *App {
	return &App{mm: module.NewManagerFromMap(map[string]appmodule.AppModule{
		"auth": auth.NewAppModule(nil),
		"foo":  foo.NewAppModule(),
	})}
}`);
    for (const { app } of [listed, mapped])
      assert.deepEqual(shown(app), [
        'auth github.com/cosmos/cosmos-sdk/x/auth',
        'foo example.com/chain/x/foo',
      ]);
  });
  it('are not those of basic and simulation managers', async () => {
    const { app } = await appWith(`
var Basics = module.NewBasicManager(auth.AppModuleBasic{})

func New() *App {
	_ = module.NewSimulationManager(foo.NewAppModule())
	return &App{mm: module.NewManager(foo.NewAppModule())}
}`);
    assert.deepEqual(shown(app), ['foo example.com/chain/x/foo']);
  });
  it('are not known where a function of another repository makes the list', async () => {
    const { app, unknown } = await appWith(`
func New() *App { return &App{mm: module.NewManager(auth.AllModules()...)} }`);
    assert.deepEqual(shown(app), []);
    assert.ok(unknown.some(why => why.startsWith('a part of what the module manager gets')));
  });
  it('are those of a depinject configuration, and those that are registered beside it', async () => {
    const { app } = await appWith(
      `
//go:embed app.yaml
var config []byte

var AppConfig = appconfig.LoadYAML(config)

func New(app *App) { app.RegisterModules(foo.NewAppModule()) }`,
      {
        'app/app.yaml': `modules:
  - name: runtime
    config: { "@type": cosmos.app.runtime.v1alpha1.Module, init_genesis: [auth] }
  - name: auth
    config: { "@type": cosmos.auth.module.v1.Module }
`,
      },
    );
    assert.deepEqual(shown(app), [
      'auth github.com/cosmos/cosmos-sdk/x/auth',
      'foo example.com/chain/x/foo',
    ]);
  });
});

describe('the keepers of an app', () => {
  it('are the fields of its struct and of those it embeds, with their types', async () => {
    const { app } = await appWith('func New() *App { return &App{} }');
    assert.deepEqual(
      app.keepers.map(({ name, type, location }) => [name, type, location.file]),
      [
        [
          'AccountKeeper',
          'github.com/cosmos/cosmos-sdk/x/auth/keeper.AccountKeeper',
          'app/keepers/keepers.go',
        ],
        ['BankKeeper', '*github.com/cosmos/cosmos-sdk/x/bank/keeper.BaseKeeper', 'app/app.go'],
      ],
    );
  });
});
