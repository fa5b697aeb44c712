import assert from 'node:assert/strict';
import { readErasOf } from '../../../../core/chain/eras/eras.ts';
import type { Plan } from '../../../../core/plan/plan.ts';
import type { Answers } from '../../../../core/plan/question.ts';
import { planOf } from '../../../../core/tasks/make-plan.ts';
import { newEra, planUpgrade } from '../../../../core/tasks/tasks.ts';
import { filesOf, textsIn } from '../../../go/generations.ts';
import { chainTexts } from '../../../support/chains.ts';
import type { SourceEdit } from '../../../support/edits.ts';
import { edited, put, replaceOnce } from '../../../support/edits.ts';
import { repoOf } from '../../../support/go.ts';
import { gofmtIsHere, gofmtWish } from '../../../support/gofmt.ts';
import type { Opened } from '../../../support/plans.ts';
import { applied, inputOf, openChain, openRepo } from '../../../support/plans.ts';

/** The example chain that Go compiles. */
async function exampleChain(...edits: SourceEdit[]): Promise<Opened> {
  const texts = edited(new Map(textsIn('chain')), edits);
  return openRepo(await repoOf(Object.fromEntries(texts)));
}

const first: Answers = { name: 'pythagoras', first: 'thales', since: 'v2.1.0', upgrade: 'v3' };

/** Plans eras; compared with a release where one is given. */
function plan(opened: Opened, answers: Answers, base?: Opened): Plan {
  const release = base && { ref: 'v1.0.0', merged: true, chain: base.chain, repo: base.repo };
  return planOf(newEra, { ...inputOf(opened), base: release }, answers);
}

/** A plan that was offered, in Go that gofmt leaves as it is, and the chain after it. */
function offered(opened: Opened, answers: Answers, base?: Opened): { after: Opened; made: Plan } {
  const made = plan(opened, answers, base);
  assert.equal(made.refused?.reason, undefined);
  const after = applied(opened, made);
  for (const { file } of [...made.creates, ...made.edits])
    if (gofmtIsHere && file.endsWith('.go'))
      assert.equal(gofmtWish(after.repo.texts.get(file)!), undefined, file);
  return { made, after };
}

function refusal(opened: Opened, answers: Answers, base?: Opened): string {
  const made = plan(opened, answers, base);
  assert.ok(made.refused, 'it is not refused');
  assert.deepEqual([made.creates, made.edits], [[], []]);
  return made.refused.reason;
}

/** The example chain with eras, thales and pythagoras, and a switch. */
async function chainInEras(...edits: SourceEdit[]): Promise<Opened> {
  return offered(await exampleChain(...edits), { ...first, switch: 'fee' }).after;
}

function erasOf({ repo, app }: Opened) {
  const eras = readErasOf(repo, app);
  return {
    supported: eras?.supported.map(({ name }) => name),
    since: [...(eras?.since ?? [])],
    switches: eras?.switches.map(({ name, eras: held }) => [name, ...held.map(one => one.name)]),
  };
}

const namesOf = ({ app }: Opened, kind: string) =>
  app.orders.find(order => order.kind === kind)?.names.map(({ name }) => name);

/** The lines that a plan adds to a file, without their indent. */
function added({ edits }: Plan, file: string): string[] {
  const edit = edits.find(one => one.file === file);
  const before = new Set(edit?.before.split('\n'));
  return (edit?.after.split('\n') ?? []).filter(line => !before.has(line)).map(line => line.trim());
}

describe('the first era of a chain', function () {
  this.timeout(60_000);

  it('brings the framework, mounted behind x/upgrade and first in genesis', async () => {
    const { after, made } = offered(await exampleChain(), first);
    assert.deepEqual(erasOf(after), {
      supported: ['thales', 'pythagoras'],
      since: [['pythagoras', 'v2.1.0']],
      switches: [],
    });
    assert.ok(after.app.stores.some(({ name }) => name === 'era'));
    assert.deepEqual(namesOf(after, 'PreBlockers')?.slice(0, 2), ['upgrade', 'era']);
    assert.equal(namesOf(after, 'InitGenesis')?.[0], 'era');
    const upgrade = after.app.upgrades.find(({ name }) => name === 'v3');
    assert.deepEqual(
      upgrade?.stores?.added.map(({ name }) => name),
      ['era'],
    );
    assert.deepEqual(added(made, 'app/keepers.go').slice(-1), [
      'app.EraKeeper = era.NewKeeper(service(era.StoreKey), app.GovKeeper)',
    ]);
    assert.ok(added(made, 'app/app.go').includes('app.EraKeeper.CheckStart(app)'));
    assert.deepEqual(added(made, 'cmd/tinyd/main.go'), ['root.AddCommand(eraCmd())']);
  });

  it('is checked behind the error of a load that stands by itself', async () => {
    const opened = await exampleChain(
      put(
        'app/app.go',
        'if err := app.LoadLatestVersion(); err != nil {',
        'err := app.LoadLatestVersion()\n\t\tif err != nil {',
      ),
    );
    const { after } = offered(opened, first);
    assert.match(
      after.repo.texts.get('app/app.go')!,
      /if err != nil \{\n\t\t\tpanic\(err\)\n\t\t\}\n\t\tapp\.EraKeeper\.CheckStart\(app\)\n/,
    );
  });

  it('has switches with a function and a test for every era', async () => {
    const after = await chainInEras();
    assert.deepEqual(erasOf(after).switches, [['fee', 'thales', 'pythagoras']]);
    assert.match(after.repo.texts.get('x/era/fee_switch_test.go')!, /t\.Run\("pythagoras"/);
  });

  it('may be the only one', async () => {
    const { after, made } = offered(await exampleChain(), { ...first, name: 'thales' });
    assert.deepEqual(erasOf(after).supported, ['thales']);
    assert.match(made.notes.join('\n'), /stays in thales/);
  });

  it('leaves the store to an upgrade, and says so', async () => {
    const { made } = offered(await exampleChain(), { name: 'pythagoras' });
    assert.match(made.notes.join('\n'), /The store "era" is new: add it by an upgrade/);
  });

  it('goes behind x/upgrade in a list that gives the orders of blocks and of genesis', async () => {
    const opened = openRepo(await repoOf(Object.fromEntries(filesOf('0.47', 'chain'))));
    const { after } = offered(opened, first);
    for (const kind of ['BeginBlockers', 'EndBlockers', 'InitGenesis', 'ExportGenesis'])
      assert.deepEqual(namesOf(after, kind)?.slice(0, 3), ['upgrade', 'era', 'auth'], kind);
    const texts = Object.fromEntries(filesOf('0.47', 'chain'));
    const late = replaceOnce(
      'app/modules.go',
      texts['app/modules.go']!,
      '\t\tupgradetypes.ModuleName, authtypes.ModuleName,',
      '\t\tgenutiltypes.ModuleName, upgradetypes.ModuleName, authtypes.ModuleName,',
    ).replace('genutiltypes.ModuleName, consensustypes', 'consensustypes');
    const other = openRepo(await repoOf({ ...texts, 'app/modules.go': late }));
    assert.match(refusal(other, first), /one list gives the orders of blocks and of InitGenesis/);
  });

  it('has its heights compiled in where the app holds no x/gov', async () => {
    const { after, made } = offered(await openChain('list'), { name: 'pythagoras' });
    assert.ok(after.repo.texts.has('x/era/schedule.go'));
    assert.deepEqual(namesOf(after, 'PreBlockers'), ['upgrade', 'era']);
    assert.match(made.notes.join('\n'), /heights that x\/era\/schedule\.go has/);
    const { made: next } = offered(after, { name: 'lagrange' });
    assert.match(next.notes.join('\n'), /give each network its row$/m);
  });

  it('gives a daemon whose commands are not found no command, and says so', async () => {
    const opened = await exampleChain(
      put('cmd/tinyd/main.go', 'server.AddCommands(root,', 'addCommands(root,'),
    );
    const { after, made } = offered(opened, first);
    assert.match(
      made.notes.join('\n'),
      /the daemon gets no era commands: cmd\/tinyd does not call/,
    );
    assert.equal(after.repo.texts.has('cmd/tinyd/era.go'), false);
  });

  it('is refused for an older SDK, a folder that is taken and names that are none', async () => {
    assert.match(
      refusal(await openChain('forks'), first),
      /written for the Cosmos SDK 0\.47 to 0\.55/,
    );
    const taken = await exampleChain();
    const there = openRepo(taken.repo.with([['x/era/doc.go', 'package era\n']]));
    assert.match(refusal(there, first), /x\/era exists already/);
    const opened = await exampleChain();
    assert.match(refusal(opened, { ...first, name: 'Two' }), /"Two" is no name of an era/);
    assert.match(refusal(opened, { ...first, first: 'A b' }), /--first "A b" is no name/);
    assert.match(refusal(opened, { ...first, switch: 'Fee' }), /"Fee" is no name of a switch/);
    assert.match(refusal(opened, { ...first, name: 'keeper' }), /is taken; choose another name/);
    assert.match(refusal(opened, {}), /name the era/);
  });

  it('is refused where the order of blocks would not have it behind x/upgrade', async () => {
    const opened = await exampleChain(
      put(
        'app/modules.go',
        '\tapp.ModuleManager.SetOrderPreBlockers(upgradetypes.ModuleName, authtypes.ModuleName)\n',
        '',
      ),
      put('app/modules.go', '\t\tupgrade.NewAppModule(', '\t\tnewUpgrade('),
    );
    assert.match(refusal(opened, first), /sets no order of PreBlockers/);
  });

  it('is refused where the runtime module would run no pre-blockers', async () => {
    const texts = chainTexts('list-nostores');
    const file = 'app/app.yaml';
    const config = texts[file]!.replace(/^ *pre_blockers:.*\n/m, '');
    assert.notEqual(config, texts[file]);
    const opened = openRepo(await repoOf({ ...texts, [file]: config }));
    assert.match(
      refusal(opened, { name: 'pythagoras' }),
      /no pre_blockers, so neither upgrade nor/,
    );
  });
});

describe('another era', function () {
  this.timeout(60_000);

  it('is supported, and behaves in every switch as the newest one', async () => {
    const opened = await chainInEras();
    const { after, made } = offered(opened, { name: 'lagrange', since: 'v3.0.0' });
    assert.deepEqual(erasOf(after), {
      supported: ['thales', 'pythagoras', 'lagrange'],
      since: [
        ['pythagoras', 'v2.1.0'],
        ['lagrange', 'v3.0.0'],
      ],
      switches: [['fee', 'thales', 'pythagoras', 'lagrange']],
    });
    assert.deepEqual(
      made.edits.map(({ file }) => file),
      ['x/era/supported.go', 'x/era/fee_switch.go', 'x/era/fee_switch_test.go'],
    );
    assert.match(after.repo.texts.get('x/era/fee_switch.go')!, /^func feeLagrange\(/m);
    assert.match(after.repo.texts.get('x/era/fee_switch_test.go')!, /Fee\.For\(Lagrange\)/);
    assert.match(made.notes.join('\n'), /fee behaves in lagrange as in pythagoras/);
    assert.match(made.notes.join('\n'), /3 eras are supported: retire thales/);
  });

  const tables: Record<string, [entries: string, after: RegExp]> = {
    'functions without a name': [
      '\tThales:     func(ctx sdk.Context) error { return nil },\n\tPythagoras: func(ctx sdk.Context) error { return nil },\n',
      /\tLagrange: {3}func\(ctx sdk\.Context\) error \{ return nil \},\n\}/,
    ],
    'functions of several lines': [
      '\tThales: feeThales,\n\tPythagoras: func(ctx sdk.Context) error {\n\t\treturn feeThales(ctx)\n\t},\n',
      /\tLagrange: func\(ctx sdk\.Context\) error \{\n\t\treturn feeThales\(ctx\)\n\t\},\n\}/,
    ],
    'a function that is called otherwise': [
      '\tThales:     feeThales,\n\tPythagoras: feePythagoras,\n',
      /\tLagrange: {3}feeLagrange,\n/,
    ],
  };
  for (const [what, [entries, after]] of Object.entries(tables)) {
    it(`follows ${what}`, async () => {
      const opened = await chainInEras();
      const file = 'x/era/fee_switch.go';
      const text = opened.repo.texts
        .get(file)!
        .replace(/\tThales: {5}feeThales,\n\tPythagoras: feePythagoras,\n/, () => entries);
      const changed = openRepo(opened.repo.with([[file, text]]));
      const { after: made } = offered(changed, { name: 'lagrange' });
      assert.match(made.repo.texts.get(file)!, after);
    });
  }

  it('may bring switches, until it is released', async () => {
    const opened = await chainInEras();
    const { after } = offered(opened, { name: 'pythagoras', switch: 'cap' });
    assert.deepEqual(erasOf(after).switches, [
      ['cap', 'thales', 'pythagoras'],
      ['fee', 'thales', 'pythagoras'],
    ]);
    assert.match(
      refusal(opened, { name: 'pythagoras', switch: 'cap' }, opened),
      /released already, with v1\.0\.0/,
    );
  });

  it('is refused where it is there, was there, or an answer is for another case', async () => {
    const opened = await chainInEras();
    assert.match(refusal(opened, { name: 'pythagoras' }), /is there already/);
    assert.match(refusal(opened, { name: 'lagrange', upgrade: 'v4' }), /needs no upgrade/);
    assert.match(refusal(opened, { name: 'lagrange', first: 'x' }), /the first era of this chain/);
    assert.match(refusal(opened, { name: 'lagrange', switch: 'fee' }), /Fee is declared/);
    const gone = openRepo(
      opened.repo.with([
        [
          'x/era/supported.go',
          opened.repo.texts.get('x/era/supported.go')!.replace('\tThales,\n', ''),
        ],
      ]),
    );
    assert.match(refusal(gone, { name: 'thales' }), /was an era of this chain/);
  });

  it('is refused where a switch cannot be read as a whole', async () => {
    const opened = await chainInEras();
    const file = 'x/era/fee_switch.go';
    const text = opened.repo.texts.get(file)!.replace('\tThales: ', '\tEra(name()): ');
    const changed = openRepo(opened.repo.with([[file, text]]));
    assert.match(refusal(changed, { name: 'lagrange' }), /the behaviours of fee cannot be read/);
  });
});

describe('an era that is retired', function () {
  this.timeout(60_000);

  /** The chain in eras, released, and the same with an upgrade that is pending. */
  async function pendingUpgrade(): Promise<{ release: Opened; next: Opened }> {
    const release = await chainInEras();
    const upgrade = planUpgrade(inputOf(release), { name: 'v4' });
    assert.equal(upgrade.refused, undefined);
    return { release, next: applied(release, upgrade) };
  }

  it('is taken out of the list, the switches and their tests', async () => {
    const { release, next } = await pendingUpgrade();
    const { after, made } = offered(next, { name: 'thales', retire: true }, release);
    assert.deepEqual(erasOf(after), {
      supported: ['pythagoras'],
      since: [['pythagoras', 'v2.1.0']],
      switches: [['fee', 'pythagoras']],
    });
    const texts = ['supported.go', 'fee_switch.go', 'fee_switch_test.go'].map(
      file => after.repo.texts.get(`x/era/${file}`)!,
    );
    for (const text of texts) assert.doesNotMatch(text, /Thales/);
    assert.match(texts[0]!, /^const First Era = "thales"$/m);
    assert.match(
      made.notes.join('\n'),
      /height of v4 has to be behind the first block of pythagoras/,
    );
  });

  it('is refused without an upgrade, without a newer era, and out of order', async () => {
    const { release, next } = await pendingUpgrade();
    const thales = { name: 'thales', retire: true };
    assert.match(refusal(release, thales, release), /no upgrade is pending/);
    assert.match(refusal(next, thales), /no release to tell a pending upgrade by/);
    assert.match(
      refusal(next, { name: 'pythagoras', retire: true }, release),
      /thales comes before pythagoras/,
    );
    assert.match(refusal(next, { name: 'lagrange', retire: true }, release), /no era that this/);
    const { after } = offered(next, thales, release);
    assert.match(
      refusal(after, { name: 'pythagoras', retire: true }, release),
      /no newer era than pythagoras/,
    );
    assert.match(refusal(await exampleChain(), thales), /this chain has no eras/);
  });

  it('is refused where the last release does not know the era that follows', async () => {
    const { release, next } = await pendingUpgrade();
    const opened = offered(next, { name: 'lagrange' }, release).after;
    const { after } = offered(opened, { name: 'thales', retire: true }, release);
    assert.match(
      refusal(after, { name: 'pythagoras', retire: true }, release),
      /does not know lagrange, so no network is in it at the height of v4/,
    );
  });

  it('is refused while other code speaks of it, tests included', async () => {
    const { release, next } = await pendingUpgrade();
    const user = 'package app\n\nimport "example.com/tiny/x/era"\n\nvar old = era.Thales\n';
    for (const file of ['app/old.go', 'app/old_test.go']) {
      const used = openRepo(next.repo.with([[file, user]]));
      assert.match(
        refusal(used, { name: 'thales', retire: true }, release),
        new RegExp(`Thales is still used: ${file}:5`),
      );
    }
    const comment = openRepo(
      next.repo.with([['app/old.go', '// Package app has left era.Thales.\npackage app\n']]),
    );
    offered(comment, { name: 'thales', retire: true }, release);
  });
});
