import assert from 'node:assert/strict';
import { readChain } from '../../../../core/chain/analysis.ts';
import type { App } from '../../../../core/chain/chain.ts';
import { chainTexts, changedText, without } from '../../../support/chains.ts';
import { replaceOnce } from '../../../support/edits.ts';
import { repoOf } from '../../../support/go.ts';
import { openChain, planIn } from '../../../support/plans.ts';

const module = 'github.com/harbor-chain/harbor';

/** An app's file: its type, and a method of it that registers a plan. */
function appFile(name: string, type: string, plan: string): string {
  return `package ${name}

import (
	upgradekeeper "cosmossdk.io/x/upgrade/keeper"
	"github.com/cosmos/cosmos-sdk/baseapp"
)

type ${type} struct {
	*baseapp.BaseApp

	UpgradeKeeper *upgradekeeper.Keeper
}

func New${type}() *${type} {
	app := &${type}{BaseApp: baseapp.NewBaseApp("${name}", nil, nil, nil)}
	app.setUp()
	return app
}

func (app *${type}) setUp() {
	app.UpgradeKeeper.SetUpgradeHandler("${plan}", nil)
}
`;
}

/** The apps of the small chain `list` beside other files, where no command tells which are built. */
async function appsWith(files: Record<string, string>): Promise<readonly App[]> {
  const texts = without(chainTexts('list'), 'cmd/harbord/main.go');
  return readChain(await repoOf({ ...texts, ...files })).apps;
}

function namesOf(apps: readonly App[]): string[] {
  return apps.map(({ dir, upgrades }) => `${dir}: ${upgrades.map(u => u.name).join(' ')}`);
}

/** A file of the app that imports a package. */
function importing(path: string, use: string): string {
  return `package app\n\nimport kit "${module}/${path}"\n\nvar _ kit.${use}\n`;
}

const ownApp = 'app: v2 v3';

describe('the apps of a repository', () => {
  it('are not those that a library is tried with', async () => {
    for (const dir of ['lib/testing/simapp', 'lib/simapp', 'pkg/testutils/chain', 'x/kit/testing'])
      assert.deepEqual(
        namesOf(await appsWith({ [`${dir}/app.go`]: appFile('simapp', 'SimApp', 'plain') })),
        [ownApp],
      );
  });

  it('take a new upgrade without being asked which, beside an app for tests', async () => {
    const opened = await openChain('list', {
      texts: {
        'cmd/harbord/main.go': 'package main\n\nfunc main() {}\n',
        'lib/testing/simapp/app.go': appFile('simapp', 'SimApp', 'plain'),
      },
    });
    assert.equal(opened.chain.apps.length, 1);
    const plan = planIn(opened, { name: 'v4' });
    assert.equal(plan.refused?.reason, undefined);
    assert.ok(plan.creates.every(({ file }) => file.startsWith('app/upgrades/v4/')));
  });

  it('are those where there is no other', async () => {
    const repo = await repoOf({
      'go.mod': `module ${module}\n`,
      'testing/simapp/app.go': appFile('simapp', 'SimApp', 'plain'),
    });
    assert.deepEqual(namesOf(readChain(repo).apps), ['testing/simapp: plain']);
  });

  it('do not register what methods of another app do', async () => {
    const files = {
      'app/kit.go': importing('lib/kit', 'App'),
      'lib/kit/kit.go': `package kit\n\nimport "${module}/lib/kit/example"\n\ntype App interface{ Get() *example.Example }\n`,
      'lib/kit/example/app.go': appFile('example', 'Example', 'plain'),
    };
    const names = namesOf(await appsWith(files));
    assert.equal(names[0], ownApp);
  });

  it('nor what a type below the folder of another app does', async () => {
    const simApp = appFile('simapp', 'SimApp', 'plain');
    const files = {
      'app/kit.go': importing('lib/kit/testing/simapp', 'SimApp'),
      'lib/kit/testing/simapp/app.go': replaceOnce(
        'app.go',
        `${simApp}\nvar _ upgrades.Setter\n`,
        'import (\n',
        `import (\n\t"${module}/lib/kit/testing/simapp/upgrades"\n`,
      ),
      'lib/kit/testing/simapp/upgrades/set.go':
        'package upgrades\n\ntype Setter struct{ Keeper Keeper }\n\n' +
        'func (s Setter) Set() {\n\ts.Keeper.SetUpgradeHandler("setter", nil)\n}\n',
    };
    assert.deepEqual(namesOf(await appsWith(files)), [ownApp]);
  });

  it('have the methods of the app that they embed', async () => {
    const file = 'app/app.go';
    const embedding = changedText(
      'list',
      file,
      '*baseapp.BaseApp\n\tkeepers.AppKeepers\n',
      '*baseapp.BaseApp\n\t*common.Common\n\tkeepers.AppKeepers\n',
    );
    const apps = await appsWith({
      [file]: replaceOnce(file, embedding, 'import (\n', `import (\n\t"${module}/common"\n`),
      'common/app.go': appFile('common', 'Common', 'shared'),
    });
    assert.deepEqual(apps[0]!.upgrades.map(u => u.name).sort(), ['shared', 'v2', 'v3']);
  });
});
