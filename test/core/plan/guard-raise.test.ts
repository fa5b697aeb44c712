import assert from 'node:assert/strict';
import type { Analysis } from '../../../core/chain/analysis.ts';
import { analyse } from '../../../core/chain/analysis.ts';
import { readGuardOf } from '../../../core/chain/guard.ts';
import type { Plan } from '../../../core/plan/plan.ts';
import type { Answers } from '../../../core/plan/question.ts';
import { planUpgrade } from '../../../core/tasks/tasks.ts';
import { replaceOnce } from '../../support/edits.ts';
import { guardedChain } from '../../support/guarded-chain.ts';

const releases = 'app/appversion/releases.go';

/** A new upgrade since a release. */
function upgraded(now: Analysis, then: Analysis | undefined, answers: Answers): Plan {
  const base = then && { ref: 'v1.0.0', merged: true, chain: then.chain, repo: then.repo };
  return planUpgrade({ analysis: now, app: now.chain.apps[0]!, base }, answers);
}

function applied({ repo }: Analysis, plan: Plan): Analysis {
  assert.equal(plan.refused, undefined);
  return analyse(
    repo.with([
      ...plan.creates.map(({ file, text }) => [file, text] as const),
      ...plan.edits.map(({ file, after }) => [file, after] as const),
    ]),
  );
}

function rowsOf({ repo, chain }: Analysis): unknown {
  const guard = readGuardOf(repo, chain.apps[0]!)!;
  return [guard.current, guard.releases.map(({ version, upgrades }) => [version, ...upgrades])];
}

function edited({ repo }: Analysis, before: string, after: string): Analysis {
  const text = replaceOnce(releases, repo.texts.get(releases)!, before, after);
  return analyse(repo.with([[releases, text]]));
}

describe('a new upgrade of a chain with the version guard', function () {
  this.timeout(30_000);
  let chain: Analysis;
  before(async () => {
    chain = await guardedChain();
  });

  it('raises the app version and adds its row', () => {
    const plan = upgraded(chain, chain, { name: 'v9' });
    assert.deepEqual(rowsOf(applied(chain, plan)), [2, [[1], [2, 'v9']]]);
    assert.match(plan.notes.join('\n'), /the app version is 2 now/);
  });

  it('leads to the version of its candidate, which no node runs yet', () => {
    const candidate = applied(chain, upgraded(chain, chain, { name: 'v9-rc1' }));
    const final = applied(candidate, upgraded(candidate, chain, { name: 'v9' }));
    assert.deepEqual(rowsOf(final), [2, [[1], [2, 'v9-rc1', 'v9']]]);
  });

  it('leads to the first version where the guard was not released yet', async () => {
    const then = await guardedChain({ guard: false });
    const plan = upgraded(chain, then, { name: 'v9' });
    assert.deepEqual(rowsOf(applied(chain, plan)), [1, [[1, 'v9']]]);
  });

  it('leaves the app version alone where it is asked to', () => {
    const plan = upgraded(chain, chain, { name: 'v9', 'app-version': false });
    assert.deepEqual(rowsOf(applied(chain, plan)), [1, [[1]]]);
  });

  it('has the handler expect the module versions of the last release', () => {
    const plan = upgraded(chain, chain, { name: 'v9', migrate: 'berth' });
    const handler = plan.creates.find(({ text }) => text.includes('.RunMigrations('))!;
    const expected =
      'if err := appversion.Expect(vm, map[string]uint64{"berth": 2}); err != nil {\n' +
      '\t\t\treturn nil, err\n\t\t}\n\n';
    assert.ok(handler.text.includes(expected), handler.text);
    const without = upgraded(chain, chain, { name: 'v9', migrate: 'berth', 'app-version': false });
    assert.ok(!without.creates.some(({ text }) => text.includes('appversion')));
    const alone = upgraded(chain, chain, { name: 'v9' });
    assert.ok(!alone.creates.some(({ text }) => text.includes('appversion')));
  });

  it('is refused where the table cannot be extended', () => {
    const wrong = edited(chain, 'const Current = 1', 'const Current = 2');
    const { refused } = upgraded(wrong, chain, { name: 'v9' });
    assert.match(refused!.reason, /Current and Releases .* do not agree/);
    const computed = edited(
      chain,
      'const Current = 1',
      'const Current = zero + 1\n\nconst zero = 0',
    );
    const { reason } = upgraded(computed, chain, { name: 'v9' }).refused!;
    assert.match(reason, /are computed: write them out, or leave it out with --no-app-version/);
  });

  it('is refused where there is no guard to raise', async () => {
    const bare = await guardedChain({ guard: false });
    const { refused } = upgraded(bare, undefined, { name: 'v9', 'app-version': true });
    assert.match(refused!.reason, /there is no version guard: add it with chain-upgrade guard/);
  });
});
