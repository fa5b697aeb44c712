import assert from 'node:assert/strict';
import type { SourceEdit } from '../../../support/edits.ts';
import { put } from '../../../support/edits.ts';
import { changedChain, offered, refusal, registeredNames } from '../../../support/planned.ts';
import type { Opened } from '../../../support/plans.ts';

const file = 'app/upgrades.go';
const none = { added: [], deleted: [] };
const imports = `	v1 "github.com/estuary-zone/estuary/v3/app/upgrades/v1"
	v2 "github.com/estuary-zone/estuary/v3/app/upgrades/v2"
	v3 "github.com/estuary-zone/estuary/v3/app/upgrades/v3"
`;

/** The registering function of the chain with other registrations. */
const registering = (text: string, imported: string): SourceEdit[] => [
  { file },
  {
    file,
    after: `package app

import (
${imported})

func (app *App) setupUpgradeHandlers() {
${text}}
`,
  },
];

/** Handlers of several upgrades in one package; what `pay` is given runs in v3 alone. */
const handlers = (name: string, steps = ''): SourceEdit => ({
  file: `app/handlers/${name.toLowerCase()}.go`,
  after: `package handlers

import (
	sdk "github.com/cosmos/cosmos-sdk/types"
	"github.com/cosmos/cosmos-sdk/types/module"
	upgradetypes "github.com/cosmos/cosmos-sdk/x/upgrade/types"
)

// ${name} makes a handler.
func ${name}(mm *module.Manager, configurator module.Configurator) upgradetypes.UpgradeHandler {
	return func(ctx sdk.Context, _ upgradetypes.Plan, fromVM module.VersionMap) (module.VersionMap, error) {
${steps}		return mm.RunMigrations(ctx, configurator, fromVM)
	}
}
`,
});

const names: SourceEdit = {
  file: 'app/plans/plans.go',
  after: 'package plans\n\nconst (\n\tForV1 = "v1"\n\tForV2 = "v2"\n\tForV3 = "v3"\n)\n',
};
const home = 'github.com/estuary-zone/estuary/v3/app';
const packages = ({ app }: Opened) => app.upgrades.filter(u => u.registered).map(u => u.package);

describe('upgrades that statements register', () => {
  it('belong to the package of their handlers where all names stand in one', async () => {
    const opened = await changedChain('statements', [
      names,
      put(file, 'v1.UpgradeName', 'plans.ForV1'),
      put(file, 'v2.UpgradeName', 'plans.ForV2'),
      put(file, 'v3.UpgradeName', 'plans.ForV3'),
      put(file, imports, `\t"${home}/plans"\n${imports}`),
    ]);
    assert.deepEqual(packages(opened), ['app/upgrades/v1', 'app/upgrades/v2', 'app/upgrades/v3']);
    const { text } = offered(opened, { name: 'v4', added: ['delta'], deleted: [] });
    assert.match(text(file), /plans\.ForV4,\n\t\tv4\.CreateUpgradeHandler\(app\.ModuleManager/);
    assert.match(text('app/plans/plans.go'), /\tForV4 = "v4"\n/);
    assert.match(text(file), /case "v4":/);
  });

  it('belong to the package of their names where one makes all handlers', async () => {
    const opened = await changedChain('statements', [
      handlers('Plain'),
      ...registering(
        '\tapp.UpgradeKeeper.SetUpgradeHandler(v2.UpgradeName, handlers.Plain(app.ModuleManager, app.configurator))\n' +
          '\tapp.UpgradeKeeper.SetUpgradeHandler(v3.UpgradeName, handlers.Plain(app.ModuleManager, app.configurator))\n',
        `\t"${home}/handlers"\n${imports.replace(/.*v1"\n/, '')}`,
      ),
    ]);
    assert.deepEqual(packages(opened), ['app/upgrades/v2', 'app/upgrades/v3']);
    const { text, after } = offered(opened, { name: 'v4', ...none });
    assert.match(
      text(file),
      /SetUpgradeHandler\(v4\.UpgradeName, handlers\.Plain\(app\.ModuleManager, app\.configurator\)\)/,
    );
    assert.deepEqual(registeredNames(after), ['v2', 'v3', 'v4']);
  });

  it('are given a function of their own where several stand in one package', async () => {
    const opened = await changedChain('statements', [
      names,
      handlers('HandlerV2'),
      handlers('HandlerV3', '\t\tpay(ctx)\n'),
      ...registering(
        '\tapp.UpgradeKeeper.SetUpgradeHandler(plans.ForV2, handlers.HandlerV2(app.ModuleManager, app.configurator))\n' +
          '\tapp.UpgradeKeeper.SetUpgradeHandler(plans.ForV3, handlers.HandlerV3(app.ModuleManager, app.configurator))\n',
        `\t"${home}/handlers"\n\t"${home}/plans"\n`,
      ),
    ]);
    const { text } = offered(opened, { name: 'v4', ...none });
    assert.match(
      text(file),
      /SetUpgradeHandler\(plans\.ForV4, handlers\.HandlerV4\(app\.ModuleManager, app\.configurator\)\)/,
    );
    assert.doesNotMatch(text('app/handlers/handlerv4.go'), /pay/);
  });

  it('are given the shared handler where two have the same, whatever others have', async () => {
    const opened = await changedChain('statements', [
      names,
      handlers('Plain', '\t\ttouch(ctx)\n'),
      handlers('Masters', '\t\tpay(ctx)\n'),
      ...registering(
        '\tapp.UpgradeKeeper.SetUpgradeHandler("v1", handlers.Plain(app.ModuleManager, app.configurator))\n' +
          '\tapp.UpgradeKeeper.SetUpgradeHandler(plans.ForV2, handlers.Plain(app.ModuleManager, app.configurator))\n' +
          '\tapp.UpgradeKeeper.SetUpgradeHandler(plans.ForV3, handlers.Masters(app.ModuleManager, app.configurator))\n',
        `\t"${home}/handlers"\n\t"${home}/plans"\n`,
      ),
    ]);
    const { text } = offered(opened, { name: 'v4', ...none });
    assert.match(text(file), /SetUpgradeHandler\(plans\.ForV4, handlers\.Plain\(/);
  });

  it('are refused where the only handler to share is one upgrade’s own', async () => {
    const opened = await changedChain('statements', [
      handlers('Masters', '\t\tpay(ctx)\n'),
      handlers('Pilots', '\t\tpay(ctx)\n'),
      ...registering(
        '\tapp.UpgradeKeeper.SetUpgradeHandler("v2", handlers.Masters(app.ModuleManager, app.configurator))\n' +
          '\tapp.UpgradeKeeper.SetUpgradeHandler("v3", handlers.Pilots(app.ModuleManager, app.configurator))\n',
        `\t"${home}/handlers"\n`,
      ),
    ]);
    assert.match(refusal(opened, { name: 'v4', ...none }), /Pilots/);
  });
});
