import assert from 'node:assert/strict';
import type { Plan } from '../../../core/plan/plan.ts';
import type { Answers } from '../../../core/plan/question.ts';
import type { Step, Task } from '../../../core/plan/task.ts';
import { planOf } from '../../../core/tasks/make-plan.ts';
import { newMigration, newUpgrade } from '../../../core/tasks/tasks.ts';
import { chainTexts } from '../../support/chains.ts';
import type { SourceEdit } from '../../support/edits.ts';
import { cut, put, replaceOnce } from '../../support/edits.ts';
import { inputOf, openChain } from '../../support/plans.ts';

const v3 = 'app/upgrades/v3/constants.go';
/** What v3 of the chain does to stores, in the chain and in this test. */
const stores = '\t\tDeleted: []string{"tally"},\n';
const more = `\t\tDeleted: []string{"pier"},
\t\tRenamed: []store.StoreRename{{OldKey: "quay", NewKey: "berths"}},
`;

/** A step that does more than it declares. */
const tampering = ({ file, before, after }: SourceEdit): Step => ({
  name: 'tamper',
  apply(draft) {
    const text = draft.repo.texts.get(file)!;
    draft.texts.set(file, replaceOnce(file, text, before!, after!));
    return [];
  },
});

async function tampered(task: Task, answers: Answers, step: Step): Promise<Plan> {
  const plain = await openChain('list');
  const text = replaceOnce(v3, plain.repo.texts.get(v3)!, stores, more);
  const opened = await openChain('list', { texts: { [v3]: text } });
  const both: Task = {
    ...task,
    steps: (input, given) => [...task.steps(input, given), step],
  };
  return planOf(both, inputOf(opened), answers);
}

const upgrade = { name: 'v4', added: [], deleted: [], renamed: [] };
const migration = { module: 'berth' };

const tamperings: readonly [string, SourceEdit, RegExp][] = [
  ['what v3 deletes', put(v3, '"pier"', '"piers"'), /the upgrade v3 would change/],
  ['what v3 renames', put(v3, '"quay"', '"quays"'), /the upgrade v3 would change/],
  ['to what v3 renames', put(v3, '"berths"', '"berth"'), /the upgrade v3 would change/],
  [
    'a module of SetOrderInitGenesis',
    cut('app/app.go', 'authtypes.ModuleName, banktypes.ModuleName, '),
    /the order InitGenesis would change/,
  ],
  [
    'SetOrderEndBlockers',
    put(
      'app/app.go',
      'SetOrderEndBlockers(stakingtypes.ModuleName',
      'SetOrderEndBlockers(banktypes.ModuleName',
    ),
    /the order EndBlockers would change/,
  ],
  [
    "a migration's handler",
    put('x/berth/module.go', '1, m.Migrate1to2', '1, m.Migrate0to1'),
    /the module berth in x\/berth would change/,
  ],
  [
    'the SDK',
    put('go.mod', 'cosmos-sdk v0.50', 'cosmos-sdk v0.47'),
    /the SDK of the app in app would change/,
  ],
];

describe('the judge', () => {
  it('lets pass what was declared', async () => {
    const nothing: Step = { name: 'nothing', apply: () => [] };
    assert.equal((await tampered(newUpgrade, upgrade, nothing)).refused, undefined);
    assert.equal((await tampered(newMigration, migration, nothing)).refused, undefined);
  });

  for (const [title, edit, reason] of tamperings) {
    it(`refuses a new upgrade, or a migration, that also changes ${title}`, async () => {
      for (const [task, answers] of [
        [newUpgrade, upgrade],
        [newMigration, migration],
      ] as const) {
        const plan = await tampered(task, answers, tampering(edit));
        assert.match(plan.refused?.reason ?? 'not refused', reason);
        assert.deepEqual([plan.creates, plan.edits], [[], []]);
      }
    });
  }

  it('refuses what was declared and not done', async () => {
    const claims: Step = {
      name: 'claim',
      apply: () => [{ kind: 'migration', dir: 'x/berth', name: 'berth', from: 2, to: 3 }],
    };
    const plan = await tampered(newUpgrade, upgrade, claims);
    assert.match(plan.refused!.reason, /the version of berth would be 2, not 3/);
  });

  it('sees the migrations that an upgrade brings along', async () => {
    const edit = tampering(put('x/berth/module.go', '2, m.Migrate2to3', '3, m.Migrate2to3'));
    const plan = await tampered(newUpgrade, { ...upgrade, migrate: ['berth'] }, edit);
    assert.match(plan.refused?.reason ?? 'not refused', /the migrations of berth would start from/);
  });

  it('turns an accident into a refused plan that says whose fault it is', async () => {
    const broken: Step = {
      name: 'break',
      apply() {
        throw new TypeError('x is undefined');
      },
    };
    const plan = await tampered(newUpgrade, upgrade, broken);
    assert.deepEqual([plan.creates, plan.edits, plan.notes], [[], [], []]);
    assert.equal(plan.refused!.internal, true);
    assert.equal(plan.refused!.reason, 'internal error: x is undefined; please report this');
  });

  it('refuses what a rule would call an error, with the finding and what helps', async () => {
    const opened = await openChain('list');
    const before = opened.app.stores.filter(store => store.name !== 'acc');
    const base = { ...opened.chain, apps: [{ ...opened.app, stores: before }] };
    const refused = planOf(newUpgrade, inputOf(opened, base), upgrade).refused!;
    assert.match(
      refused.reason,
      /^app\/keepers\/keys\.go:\d+: .*store-not-added: .*"acc".*what helps: Add/,
    );
    assert.deepEqual([refused.file, typeof refused.line], ['app/keepers/keys.go', 'number']);
    const done = planOf(newUpgrade, inputOf(opened, base), { ...upgrade, added: ['acc'] });
    assert.equal(done.refused, undefined);
  });

  it('refuses what is a mere warning as long as another upgrade is the last', async () => {
    const texts = { 'go.mod': chainTexts('list')['go.mod']!.replace('go 1.22', 'go 1.21') };
    const opened = await openChain('list', { texts });
    const released = opened.app.upgrades.filter(({ name }) => name !== 'v3');
    const base = { ...opened.chain, apps: [{ ...opened.app, upgrades: released }] };
    const { refused } = planOf(newUpgrade, inputOf(opened, base), upgrade);
    assert.match(
      refused?.reason ?? 'not refused',
      /^app\/app\.go:\d+: .*store-upgrades-loop-pointer/,
    );
  });

  it('notes what only code by hand mends, at the top', async () => {
    const texts = { 'go.mod': chainTexts('list')['go.mod']!.replace('v0.50.13', 'v0.54.0') };
    const opened = await openChain('list', { texts });
    const sdk = { ...opened.app.sdk, generation: '0.47' as const, version: 'v0.47.17' };
    const base = { ...opened.chain, apps: [{ ...opened.app, sdk }] };
    const plan = planOf(newUpgrade, inputOf(opened, base), upgrade);
    assert.equal(plan.refused, undefined);
    assert.match(plan.notes[0] ?? '', /^Left to do \(sdk-hop-too-long, go\.mod:\d+\): /);
  });
});
