import assert from 'node:assert/strict';
import { analyse } from '../../../../core/chain/analysis.ts';
import { addableStores } from '../../../../core/plan/upgrade/addable-stores.ts';
import { chainTexts } from '../../../support/chains.ts';
import { replaceOnce } from '../../../support/edits.ts';
import { repoOf } from '../../../support/go.ts';

const keys = 'app/keepers/keys.go';

async function chainOf(texts: Record<string, string>) {
  return analyse(await repoOf(texts)).chain;
}

describe('the stores that an upgrade may add', () => {
  it('are grouped by what the release has', async () => {
    const texts = chainTexts('list');
    const before = replaceOnce(keys, texts[keys]!, '\t\tberthtypes.StoreKey,\n', '');
    const base = await chainOf({ ...texts, [keys]: before });
    const [app] = (await chainOf(texts)).apps;
    const choices = addableStores({ app: app!, base, baseRef: 'v3.0.0' }, new Set(['berths']));
    const groups = choices.map(({ value, group, picked }) => [value, group, picked]);
    assert.deepEqual(groups[0], ['berths', 'New since v3.0.0', true]);
    assert.ok(groups.length > 3);
    for (const [, group, picked] of groups.slice(1))
      assert.deepEqual([group, picked], ['Mounted in v3.0.0', false]);
  });

  it('a new one that another upgrade adds is not said to be mounted', async () => {
    const texts = chainTexts('list');
    const before = replaceOnce(keys, texts[keys]!, '\t\tberthtypes.StoreKey,\n', '');
    const base = await chainOf({ ...texts, [keys]: before });
    const [app] = (await chainOf(texts)).apps;
    const [first] = addableStores({ app: app!, base }, new Set());
    assert.deepEqual([first?.value, first?.group], ['berths', 'Not picked']);
  });

  it('are in no group where nothing is compared', async () => {
    const [app] = (await chainOf(chainTexts('list'))).apps;
    const choices = addableStores({ app: app! }, new Set());
    assert.ok(choices.every(({ group }) => group === undefined));
  });
});
