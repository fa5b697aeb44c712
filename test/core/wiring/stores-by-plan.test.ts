import assert from 'node:assert/strict';
import { readChain } from '../../../core/chain/analysis.ts';
import { repoOf } from '../../support/go.ts';

const gomod =
  'module example.org/mill\n\ngo 1.23\n\nrequire github.com/cosmos/cosmos-sdk v0.50.13\n';

const keys = 'package types\n\nconst (\n\tStoreKey = "wheel"\n\tSluiceKey = "sluice"\n)\n';

/** An app that registers v1 and v2, and how it loads stores. */
function appWith(loading: string): string {
  return `package app

import (
	"encoding/json"
	"os"

	storetypes "cosmossdk.io/store/types"
	upgradekeeper "cosmossdk.io/x/upgrade/keeper"
	upgradetypes "cosmossdk.io/x/upgrade/types"
	"github.com/cosmos/cosmos-sdk/baseapp"
	"github.com/cosmos/cosmos-sdk/version"

	"example.org/elsewhere/loaders"
	"example.org/mill/app/changes"
	wheeltypes "example.org/mill/x/wheel/types"
)

type Mill struct {
	*baseapp.BaseApp
	UpgradeKeeper *upgradekeeper.Keeper
}

func New() *Mill {
	app := &Mill{BaseApp: baseapp.NewBaseApp("mill", nil, nil, nil)}
	app.MountKVStores(storetypes.NewKVStoreKeys(wheeltypes.StoreKey, wheeltypes.SluiceKey))
	app.UpgradeKeeper.SetUpgradeHandler("v1", nil)
	app.UpgradeKeeper.SetUpgradeHandler("v2", nil)
	app.loadStores()
	return app
}

${loading}
`;
}

/** The body of a method that has read the plan on disk. */
function method(body: string, more = ''): string {
  return (
    'func (app *Mill) loadStores() {\n' +
    '\tinfo, err := app.UpgradeKeeper.ReadUpgradeInfoFromDisk()\n' +
    '\tif err != nil {\n\t\tpanic(err)\n\t}\n' +
    `${body.trim()}\n}\n\n${more.trim()}`
  );
}

/** By plan: the stores that are added, or that they are not known. */
type Loaded = Record<string, string[] | 'unread'>;

async function loadedBy(code: string, changes = ''): Promise<Loaded> {
  const repo = await repoOf({
    'go.mod': gomod,
    'app/app.go': appWith(code),
    'app/changes/changes.go': `package changes\n\nimport storetypes "cosmossdk.io/store/types"\n\n${changes}\n`,
    'x/wheel/types/keys.go': keys,
  });
  const [app] = readChain(repo).apps;
  const loaded: Loaded = {};
  for (const { name, stores, storesUnread } of app!.upgrades) {
    if (storesUnread) loaded[name ?? ''] = 'unread';
    else if (stores) loaded[name ?? ''] = stores.added.map(store => store.name ?? '?');
  }
  if (app!.loadersUnread.length > 0) loaded['others'] = 'unread';
  return loaded;
}

const literal = (name: string) => `storetypes.StoreUpgrades{Added: []string{"${name}"}}`;
const setLoader = (stores: string) =>
  `app.SetStoreLoader(upgradetypes.UpgradeStoreLoader(info.Height, ${stores}))`;

/** Code, what another package says beside it, and what is loaded. */
interface Variant {
  readonly code: string;
  readonly changes?: string;
  readonly loads: Loaded;
}

const variants: Record<string, Variant> = {
  'a variable of another package': {
    code: method(`if info.Name == "v2" {\n${setLoader('&changes.Next')}\n}`),
    changes: `var Next = ${literal('sluice')}`,
    loads: { v2: ['sluice'] },
  },
  'a pointer in a variable of another package, copied twice': {
    code: method(
      `if info.Name == "v2" {\nnext := changes.Next\nstores := next\n${setLoader('stores')}\n}`,
    ),
    changes: `var Next = &${literal('sluice')}`,
    loads: { v2: ['sluice'] },
  },
  'a variable of the own package': {
    code: method(
      `if info.Name == "v2" {\n${setLoader('&next')}\n}`,
      `var next = ${literal('sluice')}`,
    ),
    loads: { v2: ['sluice'] },
  },
  'a variable of the package that code sets': {
    code: method(
      `if info.Name == "v2" {\n${setLoader('&next')}\n}`,
      'var next storetypes.StoreUpgrades\n\nfunc init() {\n\tnext = loaders.Stores()\n}',
    ),
    loads: { v2: 'unread' },
  },
  'a pointer that an else-if fills': {
    code: method(`var stores *storetypes.StoreUpgrades
name := info.Name
if name == "v1" {
	stores = &${literal('wheel')}
} else if name == "v2" {
	stores = &${literal('sluice')}
}
if stores != nil {
	${setLoader('stores')}
}`),
    loads: { v1: ['wheel'], v2: ['sluice'] },
  },
  'an early return for other plans': {
    code: method(`if info.Name != "v2" || app.UpgradeKeeper.IsSkipHeight(info.Height) {
	return
}
stores := ${literal('sluice')}
${setLoader('&stores')}`),
    loads: { v2: ['sluice'] },
  },
  'a condition in a variable': {
    code: method(`isNext := info.Name == "v2" && !app.UpgradeKeeper.IsSkipHeight(info.Height)
if !isNext {
	return
}
${setLoader(`&${literal('sluice')}`)}`),
    loads: { v2: ['sluice'] },
  },
  'a function that says whether it is the plan': {
    code: method(
      `if app.isPlan(info, "v2") {\n${setLoader(`&${literal('sluice')}`)}\n}`,
      `func (app *Mill) isPlan(plan upgradetypes.Plan, name string) bool {
	return plan.Name == name && !app.UpgradeKeeper.IsSkipHeight(plan.Height)
}`,
    ),
    loads: { v2: ['sluice'] },
  },
  'fields that are filled': {
    code: method(`var stores storetypes.StoreUpgrades
switch info.Name {
case "v1":
	stores.Added = []string{"wheel"}
case "v2":
	stores.Added = append(stores.Added, "sluice")
	stores.Added = append(stores.Added, wheeltypes.StoreKey)
}
if len(stores.Added) > 0 {
	${setLoader('&stores')}
}`),
    loads: { v1: ['wheel'], v2: ['sluice', 'wheel'] },
  },
  'a list that is filled': {
    code: method(`var added []string
if info.Name == "v2" {
	added = append(added, "sluice")
}
${setLoader('&storetypes.StoreUpgrades{Added: added}')}`),
    loads: { v2: ['sluice'] },
  },
  'a function that returns the stores in two steps': {
    code: method(`if info.Name == "v2" {\n${setLoader('changes.Of()')}\n}`),
    changes: `func Of() *storetypes.StoreUpgrades {
	stores := &storetypes.StoreUpgrades{}
	stores.Added = names
	return stores
}

var names = []string{"sluice"}`,
    loads: { v2: ['sluice'] },
  },
  'a function of the plan that returns early': {
    code: method(
      `if stores := storesOf(info); stores != nil {\n${setLoader('stores')}\n}`,
      `func storesOf(plan upgradetypes.Plan) *storetypes.StoreUpgrades {
	if plan.Name == "v1" {
		return &${literal('wheel')}
	}
	if plan.Name != "v2" {
		return nil
	}
	return &${literal('sluice')}
}`,
    ),
    loads: { v1: ['wheel'], v2: ['sluice'] },
  },
  'a map by the plan name': {
    code: method(
      `if stores, ok := byPlan[info.Name]; ok {\n${setLoader('&stores')}\n}`,
      `var byPlan = map[string]storetypes.StoreUpgrades{"v1": {Added: []string{"wheel"}}, "v2": {Added: []string{"sluice"}}}`,
    ),
    loads: { v1: ['wheel'], v2: ['sluice'] },
  },
  'a function with several results': {
    code: method(
      `stores, ok := storesOf(info.Name)\nif !ok {\nreturn\n}\n${setLoader('&stores')}`,
      `func storesOf(name string) (stores storetypes.StoreUpgrades, ok bool) {
	switch name {
	case "v2":
		stores.Added = []string{"sluice"}
		return stores, true
	default:
		return
	}
}`,
    ),
    loads: { v2: ['sluice'] },
  },
  'a loader in a variable': {
    code: method(`var loader baseapp.StoreLoader
if info.Name == "v2" {
	loader = upgradetypes.UpgradeStoreLoader(info.Height, &${literal('sluice')})
}
if loader != nil {
	app.SetStoreLoader(loader)
}`),
    loads: { v2: ['sluice'] },
  },
  'a method that makes the loader and logs it': {
    code: method(
      `if info.Name == "v2" {\napp.SetStoreLoader(app.loaderFor(info.Height))\n}`,
      `func (app *Mill) loaderFor(height int64) (loader baseapp.StoreLoader) {
	stores := ${literal('sluice')}
	defer app.Logger().Info("stores")
	loader = upgradetypes.UpgradeStoreLoader(height, &stores)
	return
}`,
    ),
    loads: { v2: ['sluice'] },
  },
  'a function that fills what it is given': {
    code: method(
      `stores := storetypes.StoreUpgrades{}\nfill(&stores, info.Name)\n${setLoader('&stores')}`,
      `func fill(stores *storetypes.StoreUpgrades, plan string) {
	if plan == "v2" {
		stores.Added = append(stores.Added, "sluice")
	}
}`,
    ),
    loads: { v2: ['sluice'] },
  },
  'a loop over names': {
    code: method(`for _, name := range []string{"v1", "v2"} {
	if info.Name == name {
		${setLoader(`&${literal('sluice')}`)}
	}
}`),
    loads: { v1: ['sluice'], v2: ['sluice'] },
  },
  'a loop that looks for the plan': {
    code: method(
      `var stores *storetypes.StoreUpgrades
for _, change := range all {
	if change.plan == info.Name {
		stores = change.stores
		break
	}
}
if stores == nil {
	return
}
${setLoader('stores')}`,
      `var all = []struct {
	plan   string
	stores *storetypes.StoreUpgrades
}{
	{plan: "v1", stores: nil},
	{plan: "v2", stores: &${literal('sluice')}},
}`,
    ),
    loads: { v2: ['sluice'] },
  },
  'a switch that falls through': {
    code: method(`var stores storetypes.StoreUpgrades
switch info.Name {
case "v2-rc1":
	fallthrough
case "v2":
	stores = ${literal('sluice')}
}
${setLoader('&stores')}`),
    loads: { 'v2-rc1': ['sluice'], v2: ['sluice'] },
  },
  'a pointer that is never set': {
    code: method(`var stores *storetypes.StoreUpgrades = nil\n${setLoader('stores')}`),
    loads: {},
  },
  'stores that a file gives': {
    code: method(`var stores storetypes.StoreUpgrades
if info.Name == "v2" {
	data, _ := os.ReadFile("stores.json")
	_ = json.Unmarshal(data, &stores)
}
${setLoader('&stores')}`),
    loads: { v2: 'unread' },
  },
  'stores from elsewhere in one of two branches': {
    code: method(`var stores *storetypes.StoreUpgrades
switch info.Name {
case "v1":
	stores = &${literal('wheel')}
case "v2":
	stores = loaders.Stores(info.Name)
}
${setLoader('stores')}`),
    loads: { v1: ['wheel'], v2: 'unread' },
  },
  'stores that the network decides': {
    code: method(`if info.Name == "v2" {
	stores := ${literal('sluice')}
	if os.Getenv("NETWORK") == "test" {
		stores = ${literal('wheel')}
	}
	${setLoader('&stores')}
}`),
    loads: { v2: 'unread' },
  },
  'a name that the linker sets': {
    code: method(
      `if app.isThis(info) {\n${setLoader(`&${literal('sluice')}`)}\n}`,
      `func (app *Mill) isThis(plan upgradetypes.Plan) bool { return plan.Name == version.Version }`,
    ),
    loads: { others: 'unread' },
  },
  'a loader from elsewhere': {
    code: method('app.SetStoreLoader(loaders.For(info.Name, info.Height))'),
    loads: { others: 'unread' },
  },
  'stores of any plan': {
    code: method(setLoader(`&${literal('sluice')}`)),
    loads: { others: 'unread' },
  },
};

describe('the stores that reach a loader', () => {
  for (const [title, { code, changes, loads }] of Object.entries(variants))
    it(`are read: ${title}`, async () => {
      assert.deepEqual(await loadedBy(code, changes), loads);
    });

  it('takes renames that the caller leaves nil for none', async () => {
    const code = method(
      '\tapp.load("v2", info, []string{wheeltypes.StoreKey}, nil)',
      `func (app *Mill) load(name string, info upgradetypes.Plan, added []string, renamed []storetypes.StoreRename) {
	if info.Name == name {
		app.SetStoreLoader(upgradetypes.UpgradeStoreLoader(info.Height, &storetypes.StoreUpgrades{Added: added, Renamed: renamed}))
	}
}`,
    );
    const repo = await repoOf({
      'go.mod': gomod,
      'app/app.go': appWith(code),
      'x/wheel/types/keys.go': keys,
    });
    const upgrade = readChain(repo).apps[0]!.upgrades.find(({ name }) => name === 'v2');
    assert.deepEqual(upgrade?.stores?.renamed, []);
    assert.equal(upgrade.stores.added[0]?.name, 'wheel');
  });
});
