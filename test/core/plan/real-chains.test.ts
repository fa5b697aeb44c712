import assert from 'node:assert/strict';
import { nextName, respellProse } from '../../../core/plan/package/naming.ts';
import type { Plan } from '../../../core/plan/plan.ts';
import { chainTexts } from '../../support/chains.ts';
import { openChain, planIn } from '../../support/plans.ts';

/**
 * What reading plans for real chains has shown to matter (docs/corpus.md), on small chains changed
 * to be like them.
 */

async function planFor(
  chain: string,
  answers: { name?: string; convert?: boolean; added?: string[] },
  texts: Record<string, string>,
): Promise<Plan> {
  return planIn(await openChain(chain, { texts }), {
    name: 'v4',
    added: [],
    deleted: [],
    ...answers,
  });
}

function offered(plan: Plan, file: string): string {
  assert.equal(plan.refused, undefined);
  return (
    plan.edits.find(e => e.file === file)?.after ??
    plan.creates.find(c => c.file === file)?.text ??
    ''
  );
}

/** A text of a small chain with one place changed; the place must be there once. */
function changed(chain: string, path: string, from: string, to: string): string {
  const text = chainTexts(chain)[path]!;
  assert.equal(text.split(from).length, 2, `${from} once in ${chain}/${path}`);
  return text.replace(from, () => to);
}

const closure = `func(ctx context.Context, _ upgradetypes.Plan, fromVM module.VersionMap) (module.VersionMap, error) {
			return app.ModuleManager.RunMigrations(ctx, app.configurator, fromVM)
		}`;

describe('a single handler that another function makes', () => {
  const made = 'app/upgrades.go';

  it('is rewritten with the names of that function', async () => {
    const text =
      changed('single', made, closure, 'newHandler(app.ModuleManager, app.configurator)') +
      `
func newHandler(mm *module.Manager, cfg module.Configurator) upgradetypes.UpgradeHandler {
	return func(ctx context.Context, _ upgradetypes.Plan, vm module.VersionMap) (module.VersionMap, error) {
		delete(vm, "violin")
		return mm.RunMigrations(ctx, cfg, vm)
	}
}
`;
    const after = offered(await planFor('single', {}, { [made]: text }), made);
    assert.match(
      after,
      /\n\treturn func\(.*\{\n\t\treturn mm\.RunMigrations\(ctx, cfg, vm\)\n\t\}/,
    );
  });

  it("knows the app by that function's parameter", async () => {
    const text =
      changed('single', made, closure, 'newHandler(&app)') +
      `
func newHandler(chain *App) upgradetypes.UpgradeHandler {
	return func(ctx context.Context, _ upgradetypes.Plan, vm module.VersionMap) (module.VersionMap, error) {
		return vm, nil
	}
}
`;
    assert.match(
      offered(await planFor('single', {}, { [made]: text }), made),
      /\t\treturn chain\.ModuleManager\.RunMigrations\(ctx, chain\.configurator, vm\)\n/,
    );
  });

  it('keeps a log line that says the name', async () => {
    const text = changed(
      'single',
      made,
      '\t\t\treturn app.ModuleManager.RunMigrations',
      '\t\t\tapp.Logger().Info("Handler for upgrade plan: " + UpgradeName)\n\t\t\treturn app.ModuleManager.RunMigrations',
    );
    assert.match(
      offered(await planFor('single', {}, { [made]: text }), made),
      /\t\t\tapp\.Logger\(\)\.Info\("Handler for upgrade plan: " \+ UpgradeName\)\n/,
    );
  });

  it('does not assign an error whose declaration went', async () => {
    const text = changed(
      'single',
      made,
      '\t\t\treturn app.ModuleManager.RunMigrations(ctx, app.configurator, fromVM)',
      '\t\t\terr := app.ViolinKeeper.Tune(ctx)\n\t\t\tfromVM, err = app.ModuleManager.RunMigrations(ctx, app.configurator, fromVM)\n\t\t\treturn fromVM, err',
    );
    assert.match(
      offered(await planFor('single', {}, { [made]: text }), made),
      /\{\n\t\t\treturn app\.ModuleManager\.RunMigrations\(ctx, app\.configurator, fromVM\)\n\t\t\}/,
    );
  });

  it('keeps a comment of several lines whole or not at all', async () => {
    const handler = (said: string) =>
      changed(
        'list',
        'app/upgrades/v3/upgrades.go',
        'return vm, nil',
        `${said}\n\t\treturn vm, nil`,
      );
    const texts = {
      'app/upgrades/v3/upgrades.go': handler(
        '// Only on the main network,\n\t\t// where violins are.',
      ),
      'app/upgrades/v2/upgrades.go': changed(
        'list',
        'app/upgrades/v2/upgrades.go',
        'return vm, nil',
        '// Only on the main network,\n\t\treturn vm, nil',
      ),
    };
    assert.doesNotMatch(
      offered(await planFor('list', {}, texts), 'app/upgrades/v4/upgrades.go'),
      /Only on/,
    );
  });
});

describe('an app that build tags choose between', () => {
  const legacy = (chain: string) => {
    const app = chainTexts(chain)['app/app.go']!;
    const start = app.indexOf('// New builds');
    const end = app.indexOf('\n}\n', start) + 3;
    return {
      rest: app.slice(0, start) + app.slice(end),
      head: app.slice(0, app.indexOf('// App is')),
      build: app.slice(start, end),
    };
  };

  it('calls a new list from every function that builds it', async () => {
    const { rest, head, build } = legacy('none');
    const plan = await planFor(
      'none',
      {},
      {
        'app/app.go': rest,
        'app/new.go': `//go:build !old\n\n${head}${build}`,
        'app/new_old.go': `//go:build old\n\n${head}${build}`,
      },
    );
    for (const file of ['app/new.go', 'app/new_old.go'])
      assert.match(
        offered(plan, file),
        /\tapp\.setupUpgradeHandlers\(\)\n\tapp\.setupUpgradeStoreLoaders\(\)\n\n\tif loadLatest/,
      );
  });

  it('has its new list run migrations as its single handler does', async () => {
    const text = changed(
      'single',
      'app/upgrades.go',
      closure,
      closure.replace('app.configurator', 'app.Configurator()'),
    );
    const plan = await planFor(
      'single',
      { convert: true },
      {
        'app/upgrades.go': `${text}\nfunc (app App) Configurator() module.Configurator { return app.configurator }\n`,
      },
    );
    assert.match(
      offered(plan, 'app/upgrades.go'),
      /CreateUpgradeHandler\(app\.ModuleManager, app\.Configurator\(\)\)/,
    );
  });

  it('may keep its keepers in a struct that it embeds', async () => {
    const app = chainTexts('none')['app/app.go']!;
    const field = /^\tUpgradeKeeper .*\n/m.exec(app)![0];
    const keepers = `package keepers\n\nimport upgradekeeper "github.com/cosmos/cosmos-sdk/x/upgrade/keeper"\n\ntype AppKeepers struct {\n${field}}\n`;
    const module = /^module (.*)$/m.exec(chainTexts('none')['go.mod']!)![1]!;
    const text = app
      .replace(field, '')
      .replace('type App struct {\n', 'type App struct {\n\tkeepers.AppKeepers\n')
      .replace('import (\n', `import (\n\t"${module}/app/keepers"\n`)
      .replace(
        'app.UpgradeKeeper = upgradekeeper.NewKeeper(',
        'app.UpgradeKeeper = upgradeKeeper(',
      );
    assert.match(
      offered(
        await planFor('none', {}, { 'app/app.go': text, 'app/keepers/keepers.go': keepers }),
        'app/upgrades.go',
      ),
      /app\.UpgradeKeeper\.SetUpgradeHandler\(/,
    );
  });
});

describe('a store loader that would come too late', () => {
  const late = (chain: string, call: string, end = 'return app') => {
    const text = changed(chain, 'app/app.go', `\t${end}\n}`, `\t${call}\n\t${end}\n}`);
    return text.split(`\t${call}\n`).length === 3 ? text.replace(`\t${call}\n`, '') : text;
  };

  it('is refused where an empty register function would be filled', async () => {
    const text = `${late('none', 'app.registerUpgradeHandlers()')}\nfunc (app *App) registerUpgradeHandlers() {\n}\n`;
    assert.match(
      (await planFor('none', {}, { 'app/app.go': text })).refused?.reason ?? '',
      /registerUpgradeHandlers runs after the app has loaded its stores/,
    );
  });

  it('is refused where a list has had no stores so far', async () => {
    const [store] = (await openChain('list-nostores')).app.stores.flatMap(s =>
      s.kind === 'kv' && s.name ? [s.name] : [],
    );
    assert.match(
      (
        await planFor(
          'list-nostores',
          { name: 'v99', added: [store!] },
          { 'app/app.go': late('list-nostores', 'app.setupUpgradeHandlers()', 'return app, nil') },
        )
      ).refused?.reason ?? '',
      /runs after the app has loaded its stores/,
    );
  });
});

describe('names from real chains', () => {
  it('may be constants of a package that is elsewhere, which nothing can be made of', async () => {
    const text = changed(
      'single',
      'app/upgrades.go',
      'const UpgradeName = "v3"',
      'const UpgradeName = violintypes.PlanName',
    ).replace('solo/x/violin/types"', 'elsewhere/x/violin/types"');
    const { refused } = await planFor('single', {}, { 'app/upgrades.go': text });
    assert.match(
      refused?.reason ?? '',
      /plan names of this chain's upgrades are not known: UpgradeName is declared in a package that is not in this repository/,
    );
    assert.match(refused?.snippet ?? '', /SetUpgradeHandler/);
  });

  it('are respelt in a comment that says the folder instead of the plan', async () => {
    const path = 'app/upgrades/v3/upgrades.go';
    const texts = {
      'app/upgrades.go': chainTexts('statements')['app/upgrades.go']!.replaceAll(
        /\bv3(?!\/)/g,
        'evm',
      ),
      'app/upgrades/evm/upgrades.go': chainTexts('statements')
        [path]!.replace('package v3', 'package evm')
        .replace(/(UpgradeName\s*=\s*)"v3"/, '$1"v3-ethereum"'),
    };
    const after = offered(await planFor('statements', {}, texts), 'app/upgrades.go');
    assert.equal(after.split('// evm upgrade handler').length, 2, 'the old comment stays, once');
    assert.match(after, /\/\/ v4 upgrade handler\n/);
  });

  it('are no sequence where they name steps', () => {
    assert.equal(nextName(['v047-to-v050']), undefined);
    assert.equal(nextName(['v1', 'v1-to-v2', 'v2']), 'v3');
  });

  it('leave a text alone where there is none', () => {
    assert.equal(respellProse('a text', '', 'v2'), 'a text');
  });

  it('do not count where they stand in comments', async () => {
    const made = 'app/upgrades.go';
    const text = chainTexts('single')
      [made]!.replace(
        /\n\tupgradeInfo, err :=[\s\S]*\n\}\n$/,
        '\n\t// upgradeInfo is not read yet.\n}\n',
      )
      .replace(/^\t(storetypes|violintypes) .*\n\n?/gm, '');
    assert.match(
      offered(await planFor('single', { added: ['violin'] }, { [made]: text }), made),
      /\tupgradeInfo, err := app/,
    );
  });
});
