import assert from 'node:assert/strict';
import { analyse, readChain } from '../../../../core/chain/analysis.ts';
import type { Repo } from '../../../../core/go/repo/repo.ts';
import { withFix } from '../../../../core/lint/fix.ts';
import { lint } from '../../../../core/lint/lint.ts';
import { chainTexts } from '../../../support/chains.ts';
import { cut, edited, put } from '../../../support/edits.ts';
import { repoOf } from '../../../support/go.ts';

const keys = 'x/berth/types/keys.go';
const list = 'app/app.go';

/** The chain `list` without its newest upgrade, the berths kept under another name. */
function released(): Promise<Repo> {
  const texts = new Map(Object.entries(chainTexts('list')));
  const before = edited(texts, [
    { file: 'app/upgrades/v3/constants.go' },
    { file: 'app/upgrades/v3/upgrades.go' },
    put(keys, 'StoreKey = "berths"', 'StoreKey = "quay"'),
    cut(list, '\tv3 "github.com/harbor-chain/harbor/app/upgrades/v3"\n'),
    cut(list, '\t\tv3.Upgrade,\n'),
  ]);
  return repoOf(Object.fromEntries(before));
}

describe('a store whose constant has another value than in the last release', () => {
  it('is renamed by the first repair: an added store would begin empty', async () => {
    const base = await released();
    const now = await repoOf(chainTexts('list'));
    const found = (repo: Repo) =>
      lint(analyse(repo), {
        bases: [{ ref: 'v2.0.0', merged: true, repo: base, chain: readChain(base) }],
      }).filter(({ rule }) => rule === 'store-not-added');
    const [problem, ...others] = found(now);
    assert.deepEqual(others, []);
    assert.match(
      problem!.message,
      /"berths" is mounted but was not in v2\.0\.0, where its constant was "quay"/,
    );
    assert.deepEqual(
      problem!.fixes.map(({ title }) => title),
      [
        'Rename the store "quay" to "berths" in the upgrade "v3"',
        'Add the store "berths" to the upgrade "v3"',
      ],
    );
    const repaired = withFix(now, problem!.fixes[0]!);
    assert.deepEqual(found(repaired), []);
    const renamed = readChain(repaired).apps[0]!.upgrades.find(({ name }) => name === 'v3')?.stores
      ?.renamed;
    assert.equal(renamed?.map(({ from, to }) => `${from.name} ${to.name}`).join(), 'quay berths');
  });
});
