import assert from 'node:assert/strict';
import { analyse } from '../../../core/chain/analysis.ts';
import { kvStores } from '../../../core/chain/compare.ts';
import { LintedRepo } from '../../../core/workspace/linted-repo.ts';
import { repairsOf } from '../../../core/workspace/repairs.ts';
import { chainTexts } from '../../support/chains.ts';
import { put } from '../../support/edits.ts';
import { changedChain } from '../../support/planned.ts';
import { applied, planIn } from '../../support/plans.ts';

const file = 'app/upgrades.go';
const code = chainTexts('statements-if')[file]!;

/** The repairs of a store that a pending upgrade without a loader lacks, and which are preferred. */
async function repairs(change: (text: string) => string) {
  const opened = await changedChain('statements-if', [put(file, code, change(code))]);
  const { app, chain, repo } = opened;
  const store = kvStores(app).at(-1);
  const apps = [{ ...app, stores: app.stores.filter(one => one !== store) }];
  const linted = new LintedRepo(
    analyse(applied(opened, planIn(opened, { name: 'v9', added: [], deleted: [] })).repo),
    () => ({}),
  );
  linted.compareWith({ ref: 'v1.0.0', merged: true, chain: { ...chain, apps }, repo });
  linted.lint();
  const problem = linted.problems.find(({ rule }) => rule === 'store-not-added');
  return repairsOf(linted, problem!).map(({ title, preferred }) => [title, preferred]);
}

describe('the repairs of a finding', () => {
  const title = 'Add the store "feegrant" to the upgrade "v9"';

  it('are preferred where lint --fix makes them', async () => {
    assert.deepEqual(await repairs(text => text), [[title, true]]);
  });

  it('are only offered where lint --fix takes them back', async () => {
    const left = '\tif upgradeInfo.Name != steel.UpgradeName {\n\t\treturn\n\t}\n\n';
    const change = (text: string) => text.replace(/(?=\tif upgradeInfo\.Name == iron)/, left);
    assert.deepEqual(await repairs(change), [[title, false]]);
  });
});
