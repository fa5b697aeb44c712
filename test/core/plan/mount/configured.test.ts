import assert from 'node:assert/strict';
import type { Plan } from '../../../../core/plan/plan.ts';
import type { Answers } from '../../../../core/plan/question.ts';
import { planMount } from '../../../../core/tasks/tasks.ts';
import {
  besideRuntime,
  byGo,
  byYaml,
  openConfigured,
  ownConfig,
} from '../../../support/configured-app.ts';
import { gofmtIsHere, gofmtWish } from '../../../support/gofmt.ts';
import type { Opened } from '../../../support/plans.ts';
import { applied, inputOf } from '../../../support/plans.ts';

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
    const found = offered(await openConfigured(byYaml), { permissions: 'minter' });
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
    const found = offered(await openConfigured({ ...byYaml, ...ownConfig }));
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
    const found = offered(await openConfigured({ ...byGo, ...ownConfig }), { permissions: 'none' });
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
    const found = offered(await openConfigured(besideRuntime));
    const written = textOf(found, 'app/app.go');
    const [made, given] = ['app.BerthKeeper = ', 'berth.NewAppModule('];
    assert.ok(written.indexOf(made) < written.indexOf(given), 'a module of no keeper');
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
