import assert from 'node:assert/strict';
import type { SourceEdit } from '../../../support/edits.ts';
import { put } from '../../../support/edits.ts';
import { changedChain, offered, refusal, registeredNames } from '../../../support/planned.ts';

const app = 'app/app.go';
const v2 = 'app/upgrades/v2/constants.go';
const v3 = 'app/upgrades/v3/constants.go';
const none = { added: [], deleted: [] };
const list = `Upgrades = []upgrades.Upgrade{
		v2.Upgrade,
		v3.Upgrade,
	}`;
const imports = `	v2 "github.com/harbor-chain/harbor/app/upgrades/v2"
	v3 "github.com/harbor-chain/harbor/app/upgrades/v3"
`;

/** The list with other elements, whose packages are not imported any more. */
const listed = (elements: string): SourceEdit[] => [
  put(app, list, `Upgrades = []upgrades.Upgrade{\n${elements}\n\t}`),
  put(app, imports, ''),
];

/** The beginning of a file of the upgrades' own package. */
const head = `package upgrades

import (
	"context"

	upgradetypes "cosmossdk.io/x/upgrade/types"

	"github.com/cosmos/cosmos-sdk/types/module"

	"github.com/harbor-chain/harbor/app/keepers"
)

`;

/** A file of the upgrades' own package with a handler that only runs migrations, and one that pays. */
const shared: SourceEdit = {
  file: 'app/upgrades/shared.go',
  after: `${head}// Plain runs migrations.
func Plain(mm *module.Manager, configurator module.Configurator, _ *keepers.AppKeepers) upgradetypes.UpgradeHandler {
	return func(ctx context.Context, _ upgradetypes.Plan, vm module.VersionMap) (module.VersionMap, error) {
		return mm.RunMigrations(ctx, configurator, vm)
	}
}

// PayV3 pays the pilots of v3.
func PayV3(mm *module.Manager, configurator module.Configurator, keepers *keepers.AppKeepers) upgradetypes.UpgradeHandler {
	return func(ctx context.Context, _ upgradetypes.Plan, vm module.VersionMap) (module.VersionMap, error) {
		pay(ctx, keepers)
		return mm.RunMigrations(ctx, configurator, vm)
	}
}

func pay(context.Context, *keepers.AppKeepers) {}

// Simple is an upgrade that runs migrations.
func Simple(name string) Upgrade {
	return Upgrade{UpgradeName: name, CreateUpgradeHandler: Plain}
}

// Paying is an upgrade that pays the pilots.
func Paying(name string) Upgrade {
	return Upgrade{UpgradeName: name, CreateUpgradeHandler: PayV3}
}
`,
};

describe('elements of a list that are calls', () => {
  const made = (n: number, stores: string): SourceEdit => ({
    file: `app/upgrades/v${n}/constants.go`,
    after: `package v${n}

import (
	store "cosmossdk.io/store/types"

	"github.com/harbor-chain/harbor/app/upgrades"
)

// UpgradeName is the name of the plan on chain.
const UpgradeName = "v${n}"

// Make makes the upgrade.
func Make() *upgrades.Upgrade {
	return &upgrades.Upgrade{
		UpgradeName:          UpgradeName,
		CreateUpgradeHandler: CreateUpgradeHandler,
		StoreUpgrades:        store.StoreUpgrades{${stores}},
	}
}
`,
  });

  it('are followed by a constructor of the new package', async () => {
    const opened = await changedChain('list', [
      { file: v2 },
      made(2, 'Added: []string{"berths"}'),
      { file: v3 },
      made(3, ''),
      put(app, list, 'Upgrades = []*upgrades.Upgrade{\n\t\tv2.Make(),\n\t\tv3.Make(),\n\t}'),
    ]);
    assert.deepEqual(registeredNames(opened), ['v2', 'v3']);
    const { text, after } = offered(opened, { name: 'v4', ...none });
    assert.match(text(app), /v3\.Make\(\),\n\t\tv4\.Make\(\),\n/);
    assert.match(text('app/upgrades/v4/constants.go'), /func Make\(\) \*upgrades\.Upgrade \{/);
    assert.deepEqual(registeredNames(after), ['v2', 'v3', 'v4']);
  });

  it('are followed by the same call where it is given the name', async () => {
    const opened = await changedChain('list', [
      shared,
      put(app, '\t\tv3.Upgrade,\n', '\t\tv3.Upgrade,\n\t\tupgrades.Simple("v4"),\n'),
    ]);
    const { text, plan } = offered(opened, { name: 'v5', ...none });
    assert.match(text(app), /upgrades\.Simple\("v4"\),\n\t\tupgrades\.Simple\("v5"\),\n/);
    assert.deepEqual(plan.creates, []);
  });

  it('are followed by the same call with a constant, which is declared', async () => {
    const opened = await changedChain('list', [
      shared,
      put(app, '\t\tv3.Upgrade,\n', '\t\tv3.Upgrade,\n\t\tupgrades.Simple(planV4),\n'),
      put(app, 'const Name = "harbor"\n', 'const Name = "harbor"\n\nconst planV4 = "v4"\n'),
    ]);
    const { text } = offered(opened, { name: 'v5', ...none });
    assert.match(text(app), /upgrades\.Simple\(planV4\),\n\t\tupgrades\.Simple\(planV5\),\n/);
    assert.match(text(app), /const planV5 = "v5"\n/);
  });

  it('are not followed where there are stores that the call does not take', async () => {
    const opened = await changedChain('list', [
      shared,
      put(app, '\t\tv3.Upgrade,\n', '\t\tv3.Upgrade,\n\t\tupgrades.Simple("v4"),\n'),
    ]);
    const { text } = offered(opened, { name: 'v5', added: ['berths'], deleted: [] });
    assert.match(text(app), /upgrades\.Simple\("v4"\),\n\t\tv5\.Upgrade,\n/);
    assert.match(text('app/upgrades/v5/constants.go'), /Added: \[\]string\{berthtypes\.StoreKey\}/);
  });

  it('are not followed where what they run is one upgrade’s own', async () => {
    const opened = await changedChain('list', [
      shared,
      put(app, '\t\tv3.Upgrade,\n', '\t\tv3.Upgrade,\n\t\tupgrades.Paying("v4"),\n'),
    ]);
    const { text } = offered(opened, { name: 'v5', ...none });
    assert.match(text(app), /upgrades\.Paying\("v4"\),\n\t\tv5\.Upgrade,\n/);
    assert.match(text('app/upgrades/v5/upgrades.go'), /RunMigrations/);
  });
});

describe('elements that stand in their list', () => {
  const inline = (name: string, handler: string, more = '') =>
    `\t\t{\n\t\t\tUpgradeName:          ${name},\n\t\t\tCreateUpgradeHandler: ${handler},\n${more}\t\t},`;

  it('are followed with the handler that they share', async () => {
    const opened = await changedChain('list', [
      shared,
      ...listed(`${inline('"v2"', 'upgrades.PayV3')}\n${inline('"v3"', 'upgrades.PayV3')}`),
    ]);
    const { text, plan } = offered(opened, { name: 'v4', ...none });
    assert.match(text(app), /UpgradeName: +"v4",\n\t\t\tCreateUpgradeHandler: upgrades\.PayV3,\n/);
    assert.deepEqual(plan.creates, []);
  });

  it('are given a handler of their own where the last one is not shared', async () => {
    const opened = await changedChain('list', [
      shared,
      ...listed(`${inline('"v2"', 'upgrades.Plain')}\n${inline('"v3"', 'upgrades.PayV3')}`),
    ]);
    const { text } = offered(opened, { name: 'v4', ...none });
    assert.match(text(app), /UpgradeName: +"v4",\n\t\t\tCreateUpgradeHandler: upgrades\.Plain,\n/);
  });

  it('are given a function beside the last one, which does not repeat its steps', async () => {
    const opened = await changedChain('list', [
      shared,
      ...listed(inline('"v3"', 'upgrades.PayV3')),
    ]);
    const { text } = offered(opened, { name: 'v4', ...none });
    assert.match(text(app), /CreateUpgradeHandler: upgrades\.PayV4,\n/);
    const made = /func PayV4\([\s\S]*?\n\}\n/.exec(text('app/upgrades/shared.go'))![0];
    assert.match(made, /RunMigrations/);
    assert.doesNotMatch(made, /pay\(/);
    assert.doesNotMatch(text('app/upgrades/shared.go'), /pilots of v4/);
  });

  it('are given stores where none of them has any yet', async () => {
    const opened = await changedChain('list', [
      shared,
      ...listed(`${inline('"v2"', 'upgrades.Plain')}\n${inline('"v3"', 'upgrades.Plain')}`),
    ]);
    const { after } = offered(opened, { name: 'v4', added: ['berths'], deleted: [] });
    const added = after.app.upgrades.find(({ name }) => name === 'v4')?.stores?.added;
    assert.deepEqual(
      added?.map(({ name }) => name),
      ['berths'],
    );
  });

  it('are given a function literal where the last one has one', async () => {
    const literal = `func(mm *module.Manager, configurator module.Configurator, keepers *keepers.AppKeepers) upgradetypes.UpgradeHandler {
				return func(ctx context.Context, _ upgradetypes.Plan, vm module.VersionMap) (module.VersionMap, error) {
					keepers.Pay(ctx)
					return mm.RunMigrations(ctx, configurator, vm)
				}
			}`;
    const opened = await changedChain('list', [
      put(app, 'import (\n', 'import (\n\t"context"\n'),
      ...listed(`\t\t{\n\t\t\tUpgradeName: "v3",\n\t\t\tCreateUpgradeHandler: ${literal},\n\t\t},`),
    ]);
    const { text } = offered(opened, { name: 'v4', ...none });
    const made = text(app).slice(text(app).indexOf('UpgradeName: "v4"'));
    assert.match(
      made,
      /^UpgradeName: "v4",\n\t\t\tCreateUpgradeHandler: func\(mm \*module\.Manager/,
    );
    assert.equal(text(app).split('keepers.Pay(ctx)').length, 2);
  });

  it('are named by a constant where the others are', async () => {
    const names: SourceEdit = {
      file: 'plans/names.go',
      after:
        'package plans\n\n// Name is a plan.\ntype Name = string\n\nconst (\n\tV2Name Name = "v2"\n\tV3Name Name = "v3"\n)\n',
    };
    const opened = await changedChain('list', [
      shared,
      names,
      put(app, imports, '\t"github.com/harbor-chain/harbor/plans"\n'),
      put(
        app,
        list,
        'Upgrades = []upgrades.Upgrade{\n\t\t{UpgradeName: plans.V2Name, CreateUpgradeHandler: upgrades.Plain},\n\t\t{UpgradeName: plans.V3Name, CreateUpgradeHandler: upgrades.Plain},\n\t}',
      ),
    ]);
    const { text } = offered(opened, { name: 'v4', ...none });
    assert.match(text('plans/names.go'), /\tV4Name Name = "v4"\n/);
    assert.match(
      text(app),
      /\n\t\t\{UpgradeName: plans\.V4Name, CreateUpgradeHandler: upgrades\.Plain\},\n\t\}/,
    );
  });

  it('are refused with Go to paste that names what is there', async () => {
    const opened = await changedChain('list', [
      shared,
      put('app/upgrades/shared.go', '// PayV3 pays', '// Pilots pays'),
      ...listed(inline('"v3"', 'upgrades.PayPilots')),
      {
        file: 'app/upgrades/pilots.go',
        after: `${head}// PayPilots pays the pilots.
func PayPilots(mm *module.Manager, configurator module.Configurator, keepers *keepers.AppKeepers) upgradetypes.UpgradeHandler {
	return func(ctx context.Context, _ upgradetypes.Plan, vm module.VersionMap) (module.VersionMap, error) {
		pay(ctx, keepers)
		return mm.RunMigrations(ctx, configurator, vm)
	}
}
`,
      },
    ]);
    assert.match(refusal(opened, { name: 'v4', ...none }), /PayPilots/);
  });
});

describe('a list in the package of its upgrades', () => {
  const variable = (n: number, pay = '') => `package app

import (
	"context"

	upgradetypes "cosmossdk.io/x/upgrade/types"

	"github.com/cosmos/cosmos-sdk/types/module"

	"github.com/harbor-chain/harbor/app/keepers"
	"github.com/harbor-chain/harbor/app/upgrades"
)

var upgradeV${n} = upgrades.Upgrade{
	UpgradeName:          "v${n}",
	CreateUpgradeHandler: createV${n}Handler,
}

func createV${n}Handler(mm *module.Manager, configurator module.Configurator, keepers *keepers.AppKeepers) upgradetypes.UpgradeHandler {
	return func(ctx context.Context, _ upgradetypes.Plan, vm module.VersionMap) (module.VersionMap, error) {
${pay}		return mm.RunMigrations(ctx, configurator, vm)
	}
}
`;

  it('is extended where that is the app itself', async () => {
    const opened = await changedChain('list', [
      { file: 'app/upgrade_v2.go', after: variable(2) },
      { file: 'app/upgrade_v3.go', after: variable(3, '\t\tkeepers.Pay(ctx)\n') },
      put(app, imports, ''),
      put(app, list, 'Upgrades = []upgrades.Upgrade{\n\t\tupgradeV2,\n\t\tupgradeV3,\n\t}'),
    ]);
    const { text, plan } = offered(opened, { name: 'v4', ...none });
    assert.match(text(app), /\t\tupgradeV3,\n\t\tupgradeV4,\n/);
    assert.deepEqual(
      plan.creates.map(({ file }) => file),
      ['app/upgrade_v4.go'],
    );
    assert.match(text('app/upgrade_v4.go'), /func createV4Handler\(/);
    assert.doesNotMatch(text('app/upgrade_v4.go'), /Pay/);
  });

  it('is extended with the handler that they share', async () => {
    const common = (n: number) =>
      variable(n)
        .replaceAll(`createV${n}Handler`, 'plainHandler')
        .replace(/\nfunc [\s\S]*$/, '')
        .replace(
          /import \([\s\S]*?\n\)\n/,
          `import "github.com/harbor-chain/harbor/app/upgrades"\n`,
        );
    const handler = /import \([\s\S]*?\n\)\n/
      .exec(variable(2))![0]
      .replace(/.*app\/upgrades"\n/, '');
    const opened = await changedChain('list', [
      { file: 'app/upgrade_v2.go', after: common(2) },
      { file: 'app/upgrade_v3.go', after: common(3) },
      {
        file: 'app/handler.go',
        after: `package app\n\n${handler}${/\nfunc [\s\S]*$/.exec(variable(2))![0].replace('createV2Handler', 'plainHandler')}`,
      },
      put(app, imports, ''),
      put(app, list, 'Upgrades = []upgrades.Upgrade{\n\t\tupgradeV2,\n\t\tupgradeV3,\n\t}'),
    ]);
    const { text, plan } = offered(opened, { name: 'v4', ...none });
    assert.match(text('app/upgrade_v4.go'), /CreateUpgradeHandler: plainHandler,/);
    const created = plan.creates.map(({ file }) => file);
    assert.deepEqual(created, ['app/upgrade_v4.go']);
    assert.doesNotMatch(text('app/upgrade_v4.go'), /func plainHandler/);
  });

  it('is refused where nothing tells how the new variable is called', async () => {
    const opened = await changedChain('list', [
      {
        file: 'app/upgrade_v3.go',
        after: variable(3).replaceAll(/upgradeV3|createV3Handler/g, name =>
          name === 'upgradeV3' ? 'harborMasters' : 'mastersHandler',
        ),
      },
      put(app, imports, ''),
      put(app, list, 'Upgrades = []upgrades.Upgrade{\n\t\tharborMasters,\n\t}'),
    ]);
    assert.match(refusal(opened, { name: 'v4', ...none }), /harborMasters/);
  });
});
