import assert from 'node:assert/strict';
import type { Plan } from '../../../../core/plan/plan.ts';
import type { Answers } from '../../../../core/plan/question.ts';
import { planMount } from '../../../../core/tasks/tasks.ts';
import { chainTexts } from '../../../support/chains.ts';
import {
  besideRuntime,
  byGo,
  byYaml,
  openConfigured,
  ownConfig,
  yaml,
} from '../../../support/configured-app.ts';
import { repoOf } from '../../../support/go.ts';
import { gofmtIsHere, gofmtWish } from '../../../support/gofmt.ts';
import type { Opened } from '../../../support/plans.ts';
import { applied, inputOf, openRepo } from '../../../support/plans.ts';

/** What the life of a removal begins with: the module is mounted, and nothing else was changed. */
async function mounted(
  files: Readonly<Record<string, string>>,
  answers: Answers = {},
): Promise<{ before: Opened; there: Opened }> {
  const before = await openConfigured(files);
  const plan = planMount(inputOf(before), { module: 'x/berth', ...answers });
  assert.equal(plan.refused?.reason, undefined);
  return { before, there: applied(before, plan) };
}

const remove = (opened: Opened, answers: Answers = {}) =>
  planMount(inputOf(opened), { module: 'x/berth', remove: true, ...answers });

function taken(opened: Opened, answers: Answers = {}): { plan: Plan; after: Opened } {
  const plan = remove(opened, answers);
  assert.equal(plan.refused?.reason, undefined);
  return { plan, after: applied(opened, plan) };
}

const changed = async (opened: Opened, file: string, from: string, to: string): Promise<Opened> => {
  const text = opened.repo.texts.get(file)!;
  assert.ok(text.includes(from), `${file} has no ${from}`);
  return openRepo(opened.repo.with([[file, text.replace(from, () => to)]]));
};

const textOf = ({ repo }: Opened, file: string) => repo.texts.get(file)!;

describe('taking a module out of an app that depinject builds', function () {
  this.timeout(30_000);

  it('leaves in what keeps the limits of blocks', async () => {
    const opened = openRepo(await repoOf(chainTexts('list-nostores')));
    const { refused } = remove(opened, { module: 'consensus' });
    assert.match(refused!.reason, /^consensus keeps the parameters that limit blocks/);
  });

  for (const [what, files] of Object.entries({ YAML: byYaml, Go: byGo }))
    it(`gives back what mounting it had written into a configuration in ${what}`, async () => {
      const { before, there } = await mounted(
        { ...files, ...ownConfig },
        { permissions: 'minter' },
      );
      const { plan, after } = taken(there);
      assert.match(plan.notes.join('\n'), /has a module account: its balances are not moved/);
      assert.match(plan.notes.join('\n'), /the store "berth" destroys its data on every node/);
      for (const [file, text] of before.repo.texts)
        assert.equal(after.repo.texts.get(file), text, file);
    });

  it('takes out what is registered beside the runtime, but for the InitChainer', async () => {
    const { before, there } = await mounted(byYaml, { permissions: 'none' });
    const { after } = taken(there);
    assert.equal(textOf(after, 'app/app.yaml'), before.repo.texts.get('app/app.yaml'));
    const text = textOf(after, 'app/app.go');
    assert.doesNotMatch(text, /berth/i);
    assert.match(text, /\n\n\tapp\.SetInitChainer\(/);
    if (gofmtIsHere) assert.equal(gofmtWish(text), undefined);
  });

  it('takes one of several that are registered alone', async () => {
    const { before, there } = await mounted(besideRuntime);
    const { after } = taken(there);
    assert.equal(textOf(after, 'app/app.yaml'), yaml);
    const packed = (code: string) => code.replace(/\n+/g, '\n');
    assert.equal(packed(textOf(after, 'app/app.go')), packed(before.repo.texts.get('app/app.go')!));
  });

  it('deletes its store by the upgrade', async () => {
    const { there } = await mounted({ ...byYaml, ...ownConfig });
    const released = openRepo(there.repo);
    const { after } = taken(released, { upgrade: 'v3' });
    const upgrade = after.app.upgrades.find(({ name }) => name === 'v3');
    assert.deepEqual(
      upgrade?.stores?.deleted.map(({ name }) => name),
      ['berth'],
    );
  });

  it('takes it out of every list that names it, and leaves none without brackets', async () => {
    const files = {
      ...byYaml,
      ...ownConfig,
      'app/app.yaml': yaml
        .replace('end_blockers: [gov]', 'end_blockers:\n        - berth')
        .replace('        - auth\n', '        - auth\n        - berth # the last of ours\n')
        .replace(
          'cosmos.bank.module.v1.Module',
          'cosmos.bank.module.v1.Module\n      restrictionsOrder: [berth]\n' +
            '      blocked_module_accounts_override: [gov, berth]\n' +
            '  - name: berth\n    config: { "@type": tiny.berth.module.v1.Module }',
        ),
    };
    const opened = await openConfigured({
      ...files,
      'app/app.go': files['app/app.go'].replace(
        '\t_ "github.com',
        '\t_ "example.com/tiny/x/berth"\n\t_ "github.com',
      ),
    });
    const { after } = taken(opened);
    const text = textOf(after, 'app/app.yaml');
    assert.doesNotMatch(text, /berth/);
    assert.match(text, /end_blockers: \[\]\n/);
    assert.match(text, /restrictionsOrder: \[\]\n {6}blocked_module_accounts_override: \[gov\]/);
  });

  it('leaves the comments of the others between brackets', async () => {
    const { there } = await mounted({ ...byYaml, ...ownConfig });
    for (const [list, left] of [
      [
        '[\n        gov, # first\n        berth, # ours\n        # of bank\n        bank # last\n      ]',
        '[\n        gov, # first\n        # of bank\n        bank # last\n      ]',
      ],
      ['[\n        gov, # first\n        berth # ours\n      ]', '[\n        gov # first\n      ]'],
      ['[\n        gov, # first\n        berth]', '[\n        gov # first\n        ]'],
      ['[berth, gov]', '[gov]'],
    ] as const) {
      const opened = await changed(there, 'app/app.yaml', '[gov, berth]', list);
      const { after } = taken(opened);
      const text = textOf(after, 'app/app.yaml');
      assert.ok(text.includes(`end_blockers: ${left}\n`), text);
    }
  });

  it('leaves the columns right around a list of several lines that is empty then', async () => {
    const { there } = await mounted({ ...byGo, ...ownConfig });
    const list = 'EndBlockers: []string{govtypes.ModuleName, berthtypes.ModuleName},\n';
    const opened = await changed(
      there,
      'app/app_config.go',
      list,
      `BeginBlockers: []string{\n\t\t\t\t\tberthtypes.ModuleName,\n\t\t\t\t},\n\t\t\t\t${list}`,
    );
    const { after } = taken(opened);
    const text = textOf(after, 'app/app_config.go');
    assert.match(
      text,
      /\n\t{4}BeginBlockers: \[\]string\{\},\n\t{4}EndBlockers: {3}\[\]string\{govtypes\.ModuleName\},\n/,
    );
  });

  it('is refused while something asks depinject for its keeper, naming it', async () => {
    const { there } = await mounted({ ...byYaml, ...ownConfig });
    const asks = (type: string) => `package counter

import (
	"cosmossdk.io/depinject"

	berthkeeper "example.com/tiny/x/berth/keeper"
)

type Quay interface {
	SetBerths(ctx context.Context, berths byte) error
}

type ModuleInputs struct {
	depinject.In

	Keeper ${type}
}
`;
    for (const type of ['berthkeeper.Keeper', 'BerthKeeper', 'Quay']) {
      const imported = await changed(
        there,
        'app/app.go',
        '\t_ "github.com',
        '\t_ "example.com/tiny/x/counter"\n\t_ "github.com',
      );
      const opened = openRepo(imported.repo.with([['x/counter/inputs.go', asks(type)]]));
      assert.match(
        remove(opened).refused?.reason ?? 'offered',
        /^the keeper of berth \(BerthKeeper\) is still used: x\/counter\/inputs\.go:16; /,
        type,
      );
    }
    const { refused } = remove(there, { module: 'bank' });
    assert.match(refused!.reason, /^the keeper of bank \(BankKeeper\) is still used: /);
  });

  it('is refused while a provider takes its keeper as a parameter, or under another import', async () => {
    const { there } = await mounted({ ...byYaml, ...ownConfig });
    const imported = await changed(
      there,
      'app/app.go',
      '\t_ "github.com',
      '\t_ "example.com/tiny/x/counter"\n\t_ "github.com',
    );
    const keeper = 'berthkeeper "example.com/tiny/x/berth/keeper"';
    for (const [code, line] of [
      [
        `import (\n\t"cosmossdk.io/core/appmodule"\n\n\t${keeper}\n)\n\nfunc init() {\n\tappmodule.Register(nil, appmodule.Provide(ProvideModule))\n}\n\nfunc ProvideModule(k berthkeeper.Keeper) int { return 0 }\n`,
        13,
      ],
      [
        `import (\n\tdi "cosmossdk.io/depinject"\n\n\t${keeper}\n)\n\ntype In struct {\n\tdi.In\n\n\tKeeper berthkeeper.Keeper\n}\n`,
        12,
      ],
    ] as const) {
      const opened = openRepo(
        imported.repo.with([['x/counter/inputs.go', `package counter\n\n${code}`]]),
      );
      assert.match(
        remove(opened).refused?.reason ?? 'offered',
        new RegExp(`still used: x/counter/inputs\\.go:${line};`),
      );
    }
  });

  it('takes out a module whose folder holds only those of its code', async () => {
    const { there } = await mounted({ ...byYaml, ...ownConfig });
    const moved = [...there.repo.texts].flatMap(([file, text]) => {
      if (!/^x\/berth\/[^/]+\.go$/.test(file)) return [];
      const now = text
        .replace(/^package berth$/m, 'package module')
        .replace(
          'StoreService store.KVStoreService',
          'StoreService store.KVStoreService\n\tBerthKeeper keeper.Keeper',
        );
      return [
        [file, undefined],
        [file.replace('x/berth/', 'x/berth/module/'), now],
      ] as const;
    });
    const app = textOf(there, 'app/app.go').replace(
      '"example.com/tiny/x/berth"',
      '"example.com/tiny/x/berth/module"',
    );
    const opened = openRepo(there.repo.with([...moved, ['app/app.go', app]]));
    const { after } = taken(opened, { module: 'berth' });
    assert.doesNotMatch(textOf(after, 'app/app.yaml') + textOf(after, 'app/app.go'), /berth/i);
  });

  it('is refused where the app uses what goes, or speaks of its types', async () => {
    const { there } = await mounted({ ...byYaml, ...ownConfig });
    const behind = '\treturn app, app.Load(true)';
    for (const [code, line] of [
      ['_ = app.BerthKeeper', /still used: app\/app\.go:\d+; take that out first/],
      ['_ = func(berthkeeper.Keeper) {}', /still used: app\/app\.go:\d+; take that out first/],
      [
        // As depinject spells types: the package's path, its name, and the type.
        '_ = depinject.BindInterface("a/a.B", "example.com/tiny/x/berth/keeper/keeper.Keeper")',
        /still used: app\/app\.go:\d+; take that out first/,
      ],
      [
        '_ = app.ModuleManager.Modules["berth"].(interface{})',
        /app\.ModuleManager\.Modules\["berth"\] is still used/,
      ],
      ['_ = app.UnsafeFindStoreKey("berth")', /app\.UnsafeFindStoreKey\("berth"\) is still used/],
      ['_ = app.GetKey("berth")', /app\.GetKey\("berth"\) is still used/],
    ] as const) {
      const opened = await changed(there, 'app/app.go', behind, `\t${code}\n${behind}`);
      assert.match(remove(opened).refused?.reason ?? 'offered', line, code);
    }
  });

  it('is refused where the configuration is not certain', async () => {
    const inYaml = await mounted({ ...byYaml, ...ownConfig });
    const put = (from: string, to: string) => changed(inYaml.there, 'app/app.yaml', from, to);
    for (const [opened, reason] of [
      [
        await put('bank.module.v1.Module', 'bank.module.v1.Module\n      authority: berth'),
        /^app\/app\.yaml:\d+: the configuration names berth here too; take that out first/,
      ],
      [
        await put(
          'end_blockers: [gov, berth]',
          'begin_blockers: &all [gov, berth]\n      end_blockers: *all',
        ),
        /^app\/app\.yaml:\d+: \*all stands for what is written elsewhere/,
      ],
    ] as const)
      assert.match(remove(opened).refused?.reason ?? 'offered', reason);
    const inGo = await mounted({ ...byGo, ...ownConfig });
    const hidden = await changed(
      inGo.there,
      'app/app_config.go',
      'EndBlockers: []string{govtypes.ModuleName, berthtypes.ModuleName}',
      'EndBlockers: blockers()',
    );
    assert.match(
      remove(hidden).refused?.reason ?? 'offered',
      /^app\/app_config\.go:\d+: the app configuration is not understood here: /,
    );
    const named = await changed(
      inGo.there,
      'app/app_config.go',
      '&bankmodulev1.Module{}',
      '&bankmodulev1.Module{Authority: berthtypes.ModuleName}',
    );
    assert.match(
      remove(named).refused?.reason ?? 'offered',
      /^app\/app_config\.go:\d+: the configuration names berth here too/,
    );
  });
});
