import assert from 'node:assert/strict';
import type { SourceEdit } from '../../../support/edits.ts';
import { put } from '../../../support/edits.ts';
import { changedChain, offered, refusal, registeredNames } from '../../../support/planned.ts';
import type { Opened } from '../../../support/plans.ts';
import { planIn } from '../../../support/plans.ts';

const app = 'app/app.go';
const types = 'app/upgrades/types.go';
const v2 = 'app/upgrades/v2/constants.go';
const v3 = 'app/upgrades/v3/constants.go';
const handlers = 'app/upgrades/v3/upgrades.go';
const none = { added: [], deleted: [] };

describe('upgrades whose names stand in another package', () => {
  const names = (text: string): SourceEdit => ({
    file: 'plans/names.go',
    after: `package plans\n\nconst (\n${text})\n`,
  });
  const using = (file: string, own: string, ident: string): SourceEdit[] => [
    put(
      file,
      `\n// UpgradeName is the name of the plan on chain.\nconst UpgradeName = "${own}"\n`,
      '',
    ),
    put(file, 'UpgradeName:          UpgradeName', `UpgradeName:          plans.${ident}`),
    put(
      file,
      '\t"github.com/harbor-chain/harbor/app/upgrades"\n',
      '\t"github.com/harbor-chain/harbor/app/upgrades"\n\t"github.com/harbor-chain/harbor/plans"\n',
    ),
  ];

  it('have the new one declared beside the others', async () => {
    const opened = await changedChain('list', [
      names('\tNameOfV2 = "v2"\n\tNameOfV3 = "v3"\n'),
      ...using(v2, 'v2', 'NameOfV2'),
      ...using(v3, 'v3', 'NameOfV3'),
    ]);
    const { text, after } = offered(opened, { name: 'v4', ...none });
    assert.match(text('plans/names.go'), /\tNameOfV3 = "v3"\n\tNameOfV4 = "v4"\n/);
    assert.match(text('app/upgrades/v4/constants.go'), /UpgradeName: +plans\.NameOfV4,/);
    assert.deepEqual(registeredNames(after), ['v2', 'v3', 'v4']);
  });

  it('have the name written out where the others do not spell theirs', async () => {
    const opened = await changedChain('list', [
      names('\tSpring = "v2"\n\tAutumn = "v3"\n'),
      ...using(v2, 'v2', 'Spring'),
      ...using(v3, 'v3', 'Autumn'),
    ]);
    const { text } = offered(opened, { name: 'v4', ...none });
    assert.match(text('app/upgrades/v4/constants.go'), /UpgradeName: +"v4",/);
    assert.doesNotMatch(text('app/upgrades/v4/constants.go'), /harbor\/plans"/);
  });
});

describe('handlers behind an interface', () => {
  const typed = [
    put(
      types,
      '\tCreateUpgradeHandler func(*module.Manager, module.Configurator, *keepers.AppKeepers) upgradetypes.UpgradeHandler\n',
      '\tSteps Steps\n',
    ),
    put(
      types,
      '// Upgrade defines',
      '// Steps makes the handler.\ntype Steps interface {\n\tHandler(*module.Manager, module.Configurator, *keepers.AppKeepers) upgradetypes.UpgradeHandler\n}\n\n// Upgrade defines',
    ),
    put(app, 'upgrade.CreateUpgradeHandler(', 'upgrade.Steps.Handler('),
  ];
  const steps = (dir: string): SourceEdit[] => [
    put(
      `${dir}/constants.go`,
      'CreateUpgradeHandler: CreateUpgradeHandler',
      'Steps:                &steps{}',
    ),
  ];

  it('are written with the type that makes them', async () => {
    const opened = await changedChain('list', [
      ...typed,
      ...steps('app/upgrades/v2'),
      ...steps('app/upgrades/v3'),
      put(
        handlers,
        '// CreateUpgradeHandler returns the handler of the upgrade.\nfunc CreateUpgradeHandler(',
        '// steps of the upgrade.\ntype steps struct{}\n\n// Handler returns the handler of the upgrade.\nfunc (*steps) Handler(',
      ),
      put(
        'app/upgrades/v2/upgrades.go',
        'func CreateUpgradeHandler(',
        'type steps struct{}\n\nfunc (*steps) Handler(',
      ),
    ]);
    const { text } = offered(opened, { name: 'v4', ...none });
    assert.match(text('app/upgrades/v4/constants.go'), /Steps: +&steps\{\}/);
    assert.match(
      text('app/upgrades/v4/upgrades.go'),
      /func \(\*steps\) Handler\([\s\S]*RunMigrations/,
    );
  });

  it('are refused where they are not found', async () => {
    const opened = await changedChain('list', [
      ...typed,
      put(v2, 'CreateUpgradeHandler: CreateUpgradeHandler', 'Steps: elsewhere.Steps()'),
      put(v3, 'CreateUpgradeHandler: CreateUpgradeHandler', 'Steps: elsewhere.Steps()'),
    ]);
    assert.match(refusal(opened, { name: 'v4', ...none }), /handler/);
  });
});

describe('the snippet of a list that cannot be extended', () => {
  const variable = 'var Upgrade = upgrades.Upgrade{';
  const maker = 'func Make(_ int) upgrades.Fork {\n\treturn upgrades.Fork{';
  const renamed = [
    put(types, '// Upgrade defines', '// Fork defines'),
    put(types, 'type Upgrade struct', 'type Fork struct'),
    ...[v2, v3].map(file => put(file, variable, maker)),
    ...[v2, v3].map(file => put(file, '\t},\n}\n', '\t},\n}\n}\n')),
    ...['v2', 'v3'].map(name => put(app, `${name}.Upgrade,`, `${name}.Make(len(os.Args)),`)),
  ];
  const list = 'Upgrades = []upgrades.Upgrade{';
  const snippetOf = async (edits: readonly SourceEdit[]) => {
    const opened = await changedChain('list', [...renamed, ...edits]);
    return planIn(opened, { name: 'v4', ...none }).refused?.snippet ?? '';
  };

  it("has the name of the chain's own type", async () => {
    const snippet = await snippetOf([put(app, list, 'Upgrades = []upgrades.Fork{')]);
    assert.match(snippet, /^upgrades\.Fork\{\n\tUpgradeName: "v4",\n/);
  });

  it('has it where the list is of a type with a name, or of pointers', async () => {
    const named = put(types, '// Fork defines', 'type Forks []Fork\n\n// Fork defines');
    const pointers = put(types, '// Fork defines', 'type Forks []*Fork\n\n// Fork defines');
    const ofName = put(app, list, 'Upgrades = upgrades.Forks{');
    assert.match(await snippetOf([named, ofName]), /^upgrades\.Fork\{/);
    assert.match(await snippetOf([pointers, ofName]), /^&upgrades\.Fork\{/);
  });
});

describe('an empty list whose struct names the type of its handler', () => {
  const field =
    '\tCreateUpgradeHandler func(*module.Manager, module.Configurator, *keepers.AppKeepers) upgradetypes.UpgradeHandler\n';
  const empty = put(
    app,
    'Upgrades = []upgrades.Upgrade{\n\t\tv2.Upgrade,\n\t\tv3.Upgrade,\n\t}',
    'Upgrades = []upgrades.Upgrade{}',
  );
  /** The chain whose struct has a field of a type that is declared in a file before a text. */
  const withType = (type: string, file: string, text: string, declared: string) =>
    changedChain('list', [
      empty,
      put(types, field, `\tCreateUpgradeHandler ${type}\n`),
      put(file, text, `// Maker makes a handler.\ntype Maker ${declared}\n\n${text}`),
    ]);
  const handler = (keepers: string) =>
    `func(*module.Manager, module.Configurator, ${keepers}) upgradetypes.UpgradeHandler`;
  const made = (opened: Opened) => {
    const { text, after } = offered(opened, { name: 'v4', added: ['berths'], deleted: [] });
    assert.match(text('app/upgrades/v4/upgrades.go'), /\t_ \*keepers\.AppKeepers,\n/);
    assert.deepEqual(registeredNames(after), ['v4']);
    return text('app/upgrades/v4/upgrades.go');
  };

  it('has its first upgrade where the type stands beside the struct', async () => {
    const declared = `= ${handler('*keepers.AppKeepers')}`;
    made(await withType('Maker', types, '// Upgrade defines', declared));
  });

  it('has its first upgrade where the type stands in another package', async () => {
    const declared = handler('*AppKeepers');
    const text = made(
      await withType('keepers.Maker', 'app/keepers/keepers.go', '// New ', declared),
    );
    assert.match(text, /"github\.com\/harbor-chain\/harbor\/app\/keepers"/);
  });

  it('is refused where the handler is no function', async () => {
    const opened = await withType('Maker', types, '// Upgrade defines', 'interface{}');
    assert.match(refusal(opened, { name: 'v4', ...none }), /handler/);
  });
});
