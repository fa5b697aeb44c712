import assert from 'node:assert/strict';
import { readChain } from '../../../../core/chain/analysis.ts';
import { upgradeQuestions } from '../../../../core/plan/upgrade/upgrade-questions.ts';
import { planMigration } from '../../../../core/tasks/tasks.ts';
import { chainTexts, without } from '../../../support/chains.ts';
import { repoOf } from '../../../support/go.ts';
import type { Opened } from '../../../support/plans.ts';
import { applied, inputOf, openChain, planIn } from '../../../support/plans.ts';

const question = upgradeQuestions.find(q => q.id === 'migrate')!;

/** The chain `methods` as it was released, changed where asked. */
async function released(texts: Readonly<Record<string, string>> = {}) {
  const baseRepo = await repoOf({ ...chainTexts('methods'), ...texts });
  return { baseRepo, base: readChain(baseRepo) };
}

function offered(opened: Opened, base: object = {}): string[] {
  const context = { ...opened, ...base, answers: {} };
  return question.when!(context)
    ? question.choices!(context).map(
        ({ label, detail, picked }) => `${picked ? '*' : ''}${label}: ${detail}`,
      )
    : [];
}

describe('the modules that a new upgrade migrates', () => {
  it('get what their own command writes, in the plan of the upgrade', async () => {
    const opened = await openChain('methods');
    const plan = planIn(opened, { name: 'v1.6', migrate: ['clay', 'glaze'] });
    assert.equal(plan.refused, undefined);
    for (const module of ['clay', 'glaze']) {
      const alone = planMigration(inputOf(opened), { module });
      for (const create of alone.creates)
        assert.deepEqual(
          plan.creates.find(c => c.file === create.file),
          create,
        );
      for (const edit of alone.edits)
        assert.deepEqual(
          plan.edits.find(e => e.file === edit.file),
          edit,
        );
      for (const note of alone.notes) assert.ok(plan.notes.includes(note), note);
    }
    const after = applied(opened, plan);
    assert.deepEqual(
      after.chain.modules.map(m => [m.name, m.consensusVersion, m.migrations.at(-1)?.from]),
      [
        ['clay', 4, 3],
        ['glaze', 2, 1],
      ],
    );
    assert.ok(after.app.upgrades.some(u => u.registered && u.name === 'v1.6'));
  });

  it('are none unless they are named', async () => {
    const opened = await openChain('methods');
    assert.deepEqual(question.default!({ ...opened, answers: {} }), []);
    assert.deepEqual(
      applied(opened, planIn(opened, { name: 'v1.6' })).chain.modules,
      opened.chain.modules,
    );
  });

  for (const [migrate, reason] of [
    [['stone'], /^no module "stone" with a ConsensusVersion \(found: clay, glaze\)$/],
    [['clay', 'x/clay'], /^clay is given twice; name it once$/],
  ] as const) {
    it(`are refused as ${migrate.join(' and ')}, and nothing is written`, async () => {
      const plan = planIn(await openChain('methods'), { name: 'v1.6', migrate });
      assert.match(plan.refused!.reason, reason);
      assert.deepEqual([plan.creates, plan.edits], [[], []]);
    });
  }

  it('are offered with their versions, those first whose keys changed', async () => {
    const now = (text: string) => ({
      'x/glaze/types/keys.go': `package types\n\nconst ModuleName, StoreKey = "glaze", "glaze"\n\nvar (\n\tCoatKey = ${text}\n\tEventKey = []byte{0x${text.length}}\n)\n`,
    });
    const opened = await openChain('methods', { texts: now('[]byte{0x02}') });
    const same = await released(now('[]byte{2}'));
    const other = await released(now('[]byte{0x01}'));
    assert.deepEqual(offered(opened), ['clay: x/clay, version 3', 'glaze: x/glaze, version 1']);
    assert.deepEqual(offered(opened, same), [
      'clay: x/clay, version 3',
      'glaze: x/glaze, version 1',
    ]);
    assert.deepEqual(offered(opened, other), [
      'glaze: x/glaze, version 1; changed since the last release: CoatKey',
      'clay: x/clay, version 3',
    ]);
  });

  it('are not offered once they were raised, or where they are new', async () => {
    const opened = await openChain('methods');
    const texts = chainTexts('methods');
    const before = await released({
      'x/clay/module.go': texts['x/clay/module.go']!.replace('return 3', 'return 2'),
    });
    assert.deepEqual(offered(opened, before), ['glaze: x/glaze, version 1']);
    assert.match(
      planIn(opened, { name: 'v1.6', migrate: ['clay'] }, before.base).refused!.reason,
      /^clay was raised from version 2 to 3 since the last release already/,
    );
    const baseRepo = await repoOf(without(texts, 'x/glaze/module.go'));
    assert.deepEqual(offered(opened, { baseRepo, base: readChain(baseRepo) }), [
      'clay: x/clay, version 3',
    ]);
  });

  it('are not asked for where the chain has none of its own', async () => {
    const opened = await openChain('forks');
    assert.deepEqual(opened.chain.modules, []);
    assert.equal(question.when!({ ...opened, answers: {} }), false);
  });
});
