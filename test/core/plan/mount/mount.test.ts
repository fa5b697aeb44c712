import assert from 'node:assert/strict';
import type { Plan } from '../../../../core/plan/plan.ts';
import type { Answers } from '../../../../core/plan/question.ts';
import { planMount } from '../../../../core/tasks/tasks.ts';
import { textsIn } from '../../../go/generations.ts';
import { chainTexts } from '../../../support/chains.ts';
import type { SourceEdit } from '../../../support/edits.ts';
import { edited, put } from '../../../support/edits.ts';
import { repoOf } from '../../../support/go.ts';
import { gofmtIsHere, gofmtWish } from '../../../support/gofmt.ts';
import type { Opened } from '../../../support/plans.ts';
import { applied, inputOf, openRepo } from '../../../support/plans.ts';

/** The example chain that Go compiles, with a module that it does not mount, x/berth. */
async function exampleChain(...edits: SourceEdit[]): Promise<Opened> {
  const texts = new Map([...textsIn('chain'), ...textsIn('mount')]);
  return openRepo(await repoOf(Object.fromEntries(edited(texts, edits))));
}

function mount(opened: Opened, answers: Answers = {}): Plan {
  return planMount(inputOf(opened), { module: 'x/berth', ...answers });
}

/** A plan that was offered, in Go that gofmt leaves as it is, and the chain after it. */
function offered(opened: Opened, answers: Answers = {}): { after: Opened; plan: Plan } {
  const plan = mount(opened, answers);
  assert.equal(plan.refused?.reason, undefined);
  const after = applied(opened, plan);
  for (const { file } of [...plan.creates, ...plan.edits])
    if (gofmtIsHere) assert.equal(gofmtWish(after.repo.texts.get(file)!), undefined, file);
  return { plan, after };
}

/** The lines that a plan adds to a file, without their indent. */
function added({ edits }: Plan, file: string): string[] {
  const edit = edits.find(one => one.file === file);
  const before = new Set(edit?.before.split('\n'));
  return (edit?.after.split('\n') ?? []).filter(line => !before.has(line)).map(line => line.trim());
}

const namesOf = ({ app }: Opened, kind: string) =>
  app.orders.find(order => order.kind === kind)?.names.map(({ name }) => name);

describe('mounting a module', function () {
  this.timeout(30_000);

  it('adds key, field, keeper, module and the orders of its hooks', async () => {
    const opened = await exampleChain();
    const { after, plan } = offered(opened);
    assert.ok(after.app.stores.some(({ name }) => name === 'berth'));
    assert.ok(after.app.mounted.some(({ name }) => name === 'berth'));
    assert.deepEqual(namesOf(after, 'EndBlockers')?.at(-1), 'berth');
    assert.deepEqual(namesOf(after, 'InitGenesis')?.at(-1), 'berth');
    assert.deepEqual(namesOf(after, 'BeginBlockers'), ['staking']);
    assert.deepEqual(added(plan, 'app/keepers.go').slice(-5), [
      'app.BerthKeeper = berthkeeper.NewKeeper(',
      'app.appCodec,',
      'service(berthtypes.StoreKey),',
      'app.BankKeeper,',
      'authority,',
    ]);
    assert.match(plan.notes.join('\n'), /The store "berth" is new: add it by an upgrade/);
  });

  it('also writes the upgrade that adds its store', async () => {
    const { after, plan } = offered(await exampleChain(), { upgrade: 'v3' });
    const upgrade = after.app.upgrades.find(({ name }) => name === 'v3');
    assert.deepEqual(
      upgrade?.stores?.added.map(({ name }) => name),
      ['berth'],
    );
    assert.ok(plan.creates.some(({ file }) => file === 'app/upgrades/v3/upgrades.go'));
  });

  it('puts it into orders where it was asked for', async () => {
    const { after } = offered(await exampleChain(), {
      order: 'BeginBlockers=first,EndBlockers=after:gov',
    });
    assert.deepEqual(namesOf(after, 'BeginBlockers'), ['berth', 'staking']);
    assert.deepEqual(namesOf(after, 'EndBlockers'), ['gov', 'berth', 'staking', 'counter']);
  });

  it('edits a list that several orders share once, and refuses different places in it', async () => {
    const { plan } = offered(await exampleChain(), {
      order: 'InitGenesis=after:bank,ExportGenesis=after:bank',
    });
    const names = added(plan, 'app/modules.go').filter(line => /berthtypes\.ModuleName/.test(line));
    assert.equal(names.length, 2);
    const refused = mount(await exampleChain(), { order: 'InitGenesis=first' }).refused;
    assert.match(refused!.reason, /the orders of InitGenesis and ExportGenesis are one list/);
  });

  it('gives its account permissions in the column of the others', async () => {
    const { plan } = offered(await exampleChain(), { permissions: 'minter,burner' });
    const line = added(plan, 'app/keepers.go').find(one => /^berthtypes\.ModuleName/.test(one));
    assert.equal(line, 'berthtypes.ModuleName:          {authtypes.Minter, authtypes.Burner},');
  });

  it('takes an argument that its type does not tell, and refuses with what to paste', async () => {
    const opened = await exampleChain(
      put(
        'x/berth/keeper/keeper.go',
        'bankKeeper types.BankKeeper, authority string',
        'bankKeeper types.BankKeeper, limit uint64',
      ),
      put('x/berth/keeper/keeper.go', '\tauthority string\n', ''),
      put('x/berth/keeper/keeper.go', ', authority: authority', ''),
    );
    const { refused } = mount(opened);
    assert.match(refused!.reason, /parameter 4 \(limit uint64\); give --keeper-arg 4=EXPR/);
    assert.match(refused!.snippet!, /berthkeeper\.NewKeeper\(.*\/\* limit uint64 \*\/\)/);
    for (const given of ['4=100', 'limit=100']) {
      const { plan } = offered(opened, { 'keeper-arg': [given] });
      assert.ok(added(plan, 'app/keepers.go').includes('100,'));
    }
  });

  it('gives the authority as text, whatever the variable with its bytes is called', async () => {
    const made = 'authtypes.NewModuleAddress(govtypes.ModuleName)';
    const opened = await exampleChain(
      put(
        'app/keepers.go',
        `\tauthority := ${made}.String()\n`,
        `\tgovAddr := ${made}\n\tauthority := govAddr.String()\n` +
          '\t_ = NewLimits(govAddr)\n'.repeat(9),
      ),
    );
    const { plan } = offered(opened);
    assert.equal(added(plan, 'app/keepers.go').at(-1), 'authority,');
  });

  it('makes a module that has no keeper with the key of its store', async () => {
    const opened = await exampleChain(
      put(
        'app/modules.go',
        '\t\tbox.NewAppModule(runtime.NewKVStoreService(app.keys[boxtypes.StoreKey])),\n',
        '',
      ),
      put('app/modules.go', '\t"example.com/tiny/x/box"\n', ''),
      put('app/modules.go', 'boxtypes.ModuleName, ', ''),
      put('app/modules.go', '\tboxtypes "example.com/tiny/x/box/types"\n', ''),
      put('app/app.go', '\t\tboxtypes.StoreKey,\n', ''),
      put('app/app.go', '\tboxtypes "example.com/tiny/x/box/types"\n', ''),
    );
    const { plan } = offered(opened, { module: 'box' });
    assert.ok(
      added(plan, 'app/modules.go').includes(
        'box.NewAppModule(runtime.NewKVStoreService(app.keys[boxtypes.StoreKey])),',
      ),
    );
  });

  it('holds it by pointer where the chain holds its own so', async () => {
    const opened = await exampleChain(
      put(
        'app/app.go',
        'CounterKeeper   counterkeeper.Keeper',
        'CounterKeeper   *counterkeeper.Keeper',
      ),
      put(
        'app/keepers.go',
        '\tapp.CounterKeeper = counterkeeper.NewKeeper(service(countertypes.StoreKey))\n',
        '\tcounterKeeper := counterkeeper.NewKeeper(service(countertypes.StoreKey))\n\tapp.CounterKeeper = &counterKeeper\n',
      ),
      put(
        'app/modules.go',
        'counter.NewAppModule(app.CounterKeeper)',
        'counter.NewAppModule(*app.CounterKeeper)',
      ),
    );
    const { plan } = offered(opened);
    assert.ok(added(plan, 'app/keepers.go').includes('app.BerthKeeper = &berthKeeper'));
    assert.ok(
      added(plan, 'app/modules.go').includes('berth.NewAppModule(app.appCodec, *app.BerthKeeper),'),
    );
  });

  it('keeps comments in columns, and last what is said to be last', async () => {
    const opened = await exampleChain(
      put(
        'app/modules.go',
        '\tapp.ModuleManager.SetOrderEndBlockers(govtypes.ModuleName, stakingtypes.ModuleName, countertypes.ModuleName)\n',
        `	app.ModuleManager.SetOrderEndBlockers(
		govtypes.ModuleName,
		banktypes.ModuleName,    // after gov
		countertypes.ModuleName, // counts what the others did, must run last
	)
`,
      ),
      put(
        'app/modules.go',
        '\tapp.ModuleManager.SetOrderBeginBlockers(stakingtypes.ModuleName)\n',
        `	app.ModuleManager.SetOrderBeginBlockers(
		countertypes.ModuleName, // the chain's own
		govtypes.ModuleName,     // of the SDK
		upgradetypes.ModuleName, // of the SDK
	)
`,
      ),
    );
    const { after } = offered(opened, { order: 'BeginBlockers=after:counter' });
    assert.deepEqual(namesOf(after, 'EndBlockers'), ['gov', 'bank', 'berth', 'counter']);
    assert.deepEqual(namesOf(after, 'BeginBlockers'), ['counter', 'berth', 'gov', 'upgrade']);
  });

  it('makes the modules of the SDK as their releases declare them', async () => {
    const opened = await exampleChain();
    const authz = offered(opened, { module: 'authz' });
    assert.deepEqual(added(authz.plan, 'app/keepers.go').slice(-5), [
      'app.AuthzKeeper = authzkeeper.NewKeeper(',
      'service(authzkeeper.StoreKey),',
      'app.appCodec,',
      'app.MsgServiceRouter(),',
      'app.AccountKeeper,',
    ]);
    const feegrant = offered(opened, { module: 'cosmossdk.io/x/feegrant' });
    assert.match(feegrant.plan.notes.join('\n'), /Left to do: .* ante handler/);
    assert.doesNotMatch(feegrant.plan.notes.join('\n'), /go get/);
    assert.ok(feegrant.after.app.keepers.some(({ name }) => name === 'FeeGrantKeeper'));
    const without = await exampleChain(
      put('go.mod', '\tcosmossdk.io/x/feegrant v0.1.1 // indirect\n', ''),
    );
    assert.match(
      offered(without, { module: 'feegrant' }).plan.notes.join('\n'),
      /go\.mod does not require cosmossdk\.io\/x\/feegrant: go get cosmossdk\.io\/x\/feegrant@v0\.1\.1$/m,
    );
    const { refused } = mount(opened, { module: 'epochs' });
    assert.match(refused!.reason, /no module that can be mounted on SDK 0\.50/);
  });

  it('names its field as the chain names its own', async () => {
    const opened = await exampleChain(
      put(
        'app/app.go',
        '\tCounterKeeper   counterkeeper.Keeper\n',
        '\tcounterKeeper   counterkeeper.Keeper\n',
      ),
      put('app/keepers.go', 'app.CounterKeeper =', 'app.counterKeeper ='),
      put('app/modules.go', 'app.CounterKeeper', 'app.counterKeeper'),
      ...['AccountKeeper', 'BankKeeper', 'GovKeeper', 'ConsensusKeeper'].map(name =>
        put('app/app.go', `\t${name}`, `\t${name[0]!.toLowerCase()}${name.slice(1)}`),
      ),
    );
    const texts = [...opened.repo.texts].map(([file, text]): [string, string] => [
      file,
      file.startsWith('app/')
        ? text.replace(
            /app\.(Account|Bank|Gov|Consensus)Keeper/g,
            (_, name: string) => `app.${name.toLowerCase()}Keeper`,
          )
        : text,
    ]);
    const { plan } = offered(openRepo(await repoOf(Object.fromEntries(texts))));
    assert.ok(added(plan, 'app/keepers.go').includes('app.berthKeeper = berthkeeper.NewKeeper('));
    assert.ok(added(plan, 'app/keepers.go').includes('app.bankKeeper,'));
  });

  it('refuses what is mounted, what is no module, and answers that cannot be read', async () => {
    const opened = await exampleChain();
    const reason = (answers: Answers) => mount(opened, answers).refused?.reason ?? 'offered';
    assert.match(
      reason({ module: 'x/counter' }),
      /^counter is mounted already at app\/modules\.go:\d+/,
    );
    assert.match(reason({ module: 'x/none' }), /^x\/none is no folder with a NewAppModule here/);
    assert.match(reason({ order: 'EndBlocker=first' }), /is no KIND=first\|last\|after:NAME/);
    assert.match(reason({ order: 'EndBlockers=after:none' }), /does not name none/);
    assert.match(reason({ 'keeper-arg': ['bank'] }), /is no N=EXPR/);
    assert.match(reason({ order: 'Precommiters=last' }), /sets no order of Precommiters/);
    assert.match(reason({ upgrade: 'v2' }), /v2 is registered already/);
  });
});

describe('taking a module out', function () {
  this.timeout(30_000);

  const remove = (opened: Opened, answers: Answers) => mount(opened, { remove: true, ...answers });

  it('takes out its keeper, key, orders and imports, and deletes its store by an upgrade', async () => {
    const opened = await exampleChain();
    const plan = remove(opened, { module: 'counter', upgrade: 'v3' });
    assert.equal(plan.refused?.reason, undefined);
    const after = applied(opened, plan);
    for (const { file } of plan.edits) {
      assert.doesNotMatch(after.repo.texts.get(file)!, /counterkeeper|CounterKeeper/, file);
      if (gofmtIsHere) assert.equal(gofmtWish(after.repo.texts.get(file)!), undefined, file);
    }
    assert.deepEqual(namesOf(after, 'EndBlockers'), ['gov', 'staking']);
    const upgrade = after.app.upgrades.find(({ name }) => name === 'v3');
    assert.deepEqual(
      upgrade?.stores?.deleted.map(({ name }) => name),
      ['counter'],
    );
    assert.match(plan.notes.join('\n'), /destroys its data on every node/);
  });

  it('gives back what mounting it had written', async () => {
    const opened = await exampleChain();
    const there = applied(opened, mount(opened, { permissions: 'minter' }));
    const plan = remove(there, { module: 'x/berth' });
    assert.equal(plan.refused?.reason, undefined);
    assert.match(plan.notes.join('\n'), /has a module account: its balances are not moved/);
    const back = applied(there, plan);
    for (const [file, text] of opened.repo.texts)
      if (file.endsWith('.go')) assert.equal(back.repo.texts.get(file), text, file);
  });

  it('takes out a declaration that several of its fields share', async () => {
    const opened = await exampleChain();
    const there = applied(opened, mount(opened));
    const [file, text] = [...there.repo.texts].find(([, one]) => /\tBerthKeeper +/.test(one))!;
    const shared = text.replace(/\tBerthKeeper +/, '\tBerthKeeper, FormerBerth ');
    const plan = remove(openRepo(there.repo.with([[file, shared]])), { module: 'x/berth' });
    assert.equal(plan.refused?.reason, undefined);
    assert.doesNotMatch(
      plan.edits.find(one => one.file === file)!.after,
      /BerthKeeper|FormerBerth/,
    );
  });

  it('tells of no data in a store that is empty at every start', async () => {
    const opened = openRepo(await repoOf(chainTexts('list')));
    const plan = remove(opened, { module: 'berth' });
    assert.equal(plan.refused?.reason, undefined);
    const told = plan.notes.filter(note => note.includes('destroys its data'));
    assert.deepEqual(told.length, 1);
    assert.match(told[0]!, /"berths"/);
  });

  it('is refused while other code uses its keeper, naming it', async () => {
    const opened = await exampleChain();
    const { refused } = remove(opened, { module: 'bank' });
    assert.match(
      refused!.reason,
      /^the keeper of bank \(BankKeeper\) is still used: app\/keepers\.go:\d+/,
    );
    const none = remove(opened, { module: 'x/berth' }).refused;
    assert.match(none!.reason, /mounts no module x\/berth that could be taken out/);
  });
});
