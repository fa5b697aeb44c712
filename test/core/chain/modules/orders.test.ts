import assert from 'node:assert/strict';
import type { Order, Unknown } from '../../../../core/chain/chain.ts';
import {
  readInitChainer,
  readOrders,
  readPreBlocker,
} from '../../../../core/chain/modules/orders.ts';
import { repoOf } from '../../../support/go.ts';

const head = `package app

import (
	authtypes "github.com/cosmos/cosmos-sdk/x/auth/types"
	"github.com/cosmos/cosmos-sdk/x/authz"

	footypes "example.com/chain/x/foo/types"
)
`;
const foo = {
  'go.mod': 'module example.com/chain\n',
  'x/foo/types/keys.go': 'package types\n\nconst ModuleName = "foo"\n',
};
const repo = (text: string, more: Record<string, string> = {}) =>
  repoOf({ ...foo, 'app/app.go': head + text, ...more });

async function orders(
  text: string,
  more: Record<string, string> = {},
): Promise<{ orders: Order[]; unknown: string[] }> {
  const unknown: Unknown[] = [];
  return {
    orders: readOrders(await repo(text, more), 'app', u => unknown.push(u)),
    unknown: unknown.map(u => u.why),
  };
}
const shown = (found: readonly Order[]) =>
  found.map(o => `${o.kind}: ${o.names.map(n => n.name ?? `<${n.const ?? ''}>`).join(' ')}`);

describe('readOrders', () => {
  it('reads literal lists of every hook', async () => {
    const { orders: found, unknown } = await orders(`
func New() {
	app.mm.SetOrderPreBlockers("upgrade")
	app.ModuleManager.SetOrderBeginBlockers(
		authtypes.ModuleName, // first
		authz.ModuleName,
		footypes.ModuleName,
	)
	mm.SetOrderEndBlockers()
	app.mm.SetOrderInitGenesis("a")
	app.mm.SetOrderExportGenesis("a")
	app.mm.SetOrderMigrations("b", "a")
	app.mm.SetOrderRouterRevShare("x")
}
`);
    assert.deepEqual(shown(found), [
      'PreBlockers: upgrade',
      'BeginBlockers: auth authz foo',
      'EndBlockers: ',
      'InitGenesis: a',
      'ExportGenesis: a',
      'Migrations: b a',
    ]);
    assert.deepEqual(
      found[1]!.names.map(n => n.const),
      [
        'github.com/cosmos/cosmos-sdk/x/auth/types.ModuleName',
        'github.com/cosmos/cosmos-sdk/x/authz.ModuleName',
        'example.com/chain/x/foo/types.ModuleName',
      ],
    );
    assert.deepEqual(unknown, []);
  });

  it('follows helpers, locals and package variables', async () => {
    const { orders: found, unknown } = await orders(`
var endOrder = []string{authtypes.ModuleName}

func beginOrder() []string { return []string{footypes.ModuleName, "wasm"} }

func New() {
	genesis := []string{"a"}
	genesis = append(genesis, "b")
	app.mm.SetOrderBeginBlockers(beginOrder()...)
	app.mm.SetOrderEndBlockers(endOrder...)
	app.mm.SetOrderInitGenesis(genesis...)
	app.mm.SetOrderExportGenesis(genesis...)
}
`);
    assert.deepEqual(shown(found), [
      'BeginBlockers: foo wasm',
      'EndBlockers: auth',
      'InitGenesis: a b',
      'ExportGenesis: a b',
    ]);
    assert.deepEqual(unknown, []);
  });

  it('reads long helper functions whole', async () => {
    const names = Array.from({ length: 60 }, (_, i) => `module${i}`);
    const list = `[]string{\n${names.map(n => `\t\t"${n}",\n`).join('')}\t}`;
    const ways = [
      `func order() []string {\n\treturn ${list}\n}\n\nfunc New() { app.mm.SetOrderBeginBlockers(order()...) }`,
      `func order() (list []string) {\n\tlist = ${list}\n\treturn\n}\n\n` +
        'func New() { app.mm.SetOrderBeginBlockers(order()...) }',
      `func order() ([]string, error) {\n\treturn ${list}, nil\n}\n\n` +
        'func New() {\n\tlist, _ := order()\n\tapp.mm.SetOrderBeginBlockers(list...)\n}',
    ];
    for (const way of ways) {
      const { orders: found } = await orders(`\n${way}\n`);
      assert.deepEqual(
        found[0]!.names.map(n => n.name),
        names,
        way,
      );
    }
  });

  it('keeps a place for a name it does not know, and says why', async () => {
    const { orders: found, unknown } = await orders(
      '\nfunc New() { app.mm.SetOrderBeginBlockers(append([]string{"a"}, total(app.mm.ModuleNames())...)...) }\n',
    );
    assert.deepEqual(shown(found), ['BeginBlockers: a <>']);
    assert.deepEqual(unknown, [
      'a part of SetOrderBeginBlockers is not known: total(app.mm.ModuleNames()) is computed',
    ]);
  });
});

describe('readPreBlocker', () => {
  it('is where it is set', async () => {
    const place = readPreBlocker(
      await repo('\nfunc New() {\n\tapp.SetPreBlocker(app.PreBlocker)\n}\n'),
      'app',
    );
    assert.deepEqual([place?.file, place?.line, place?.column], ['app/app.go', 11, 2]);
  });
  it('is absent where nothing sets it', async () =>
    assert.equal(readPreBlocker(await repo('\nfunc New() {}\n'), 'app'), undefined));
});

describe('readInitChainer', () => {
  const init = async (text: string, more = {}) => {
    const found = readInitChainer(await repo(text, more), 'app');
    return found && [found.setsVersionMap, found.location.line];
  };
  const set = '\nfunc New() { app.SetInitChainer(app.InitChainer) }\n';

  it('finds a method that stores the version map', async () => {
    assert.deepEqual(
      await init(
        `${set}\nfunc (app *App) InitChainer(ctx sdk.Context) {\n\tapp.UpgradeKeeper.SetModuleVersionMap(ctx, app.mm.GetVersionMap())\n}\n`,
      ),
      [true, 12],
    );
  });
  it('sees one that does not, however long it is', async () => {
    assert.deepEqual(
      await init(
        `${set}\nfunc (app *App) InitChainer(ctx sdk.Context) {\n${'\tstep(ctx)\n'.repeat(100)}}\n`,
      ),
      [false, 12],
    );
  });
  it('looks one call deep', async () => {
    assert.deepEqual(
      await init(
        `${set}\nfunc (app *App) InitChainer(ctx sdk.Context) {\n\tapp.store(ctx)\n}\n\nfunc (app *App) store(ctx sdk.Context) { app.UpgradeKeeper.SetModuleVersionMap(ctx, nil) }\n`,
      ),
      [true, 12],
    );
  });
  it('reads closures, and methods of a wrapped app', async () => {
    assert.deepEqual(
      await init(
        '\nfunc New() {\n\tapp.SetInitChainer(func(ctx sdk.Context, req *abci.RequestInitChain) (*abci.ResponseInitChain, error) {\n\t\t_ = app.UpgradeKeeper.SetModuleVersionMap(ctx, app.ModuleManager.GetVersionMap())\n\t\treturn app.App.InitChainer(ctx, req)\n\t})\n}\n',
      ),
      [true, 11],
    );
  });
  it('counts what x/upgrade stores itself', async () => {
    assert.deepEqual(
      await init(
        `${set}\nfunc (app *App) InitChainer(ctx sdk.Context) {}\n\nfunc (app *App) setup() { app.UpgradeKeeper.SetInitVersionMap(app.mm.GetVersionMap()) }\n`,
      ),
      [true, 12],
    );
  });
  it('is absent where the app sets none', async () =>
    assert.equal(await init('\nfunc (app *App) InitChainer(ctx sdk.Context) {}\n'), undefined));
});
