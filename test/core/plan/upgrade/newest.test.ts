import assert from 'node:assert/strict';
import { numberingRestart } from '../../../../core/chain/app/plan-names.ts';
import { nextName } from '../../../../core/plan/package/naming.ts';
import { chainTexts } from '../../../support/chains.ts';
import { put } from '../../../support/edits.ts';
import { changedChain, offered } from '../../../support/planned.ts';

const none = { added: [], deleted: [] };

describe('numbers that begin anew', () => {
  const cases: [names: string[], next: string, restart: number][] = [
    [['v27', 'v28', 'v29', 'v1.0.7', 'v1.0.8'], 'v1.1.0', 3],
    [['v27', 'v28', 'v29', 'v1.0.7', 'v1.0.8'], 'v30', 0],
    [['v27', 'v28', 'v29', 'v1.0.7', 'v1.0.8'], 'masters', 3],
    [['v0.24.0', 'v0.25.0', 'v0.1.0'], 'v0.2.0', 2],
    [['v1', 'v2', 'v3'], 'v4', 0],
    [['v1', 'v2', 'v3'], 'v2.5', 0],
    [['v1', 'v10', 'v2', 'v9'], 'v11', 0],
    [['v1', 'v10', 'v2', 'v9'], 'masters', 0],
    [['v1', 'v3', 'v2'], 'v4', 0],
    [['oak', 'ash', 'elm'], 'yew', 0],
    [[], 'v1', 0],
  ];
  for (const [names, next, restart] of cases)
    it(`${names.join(', ')} before ${next}: ${restart}`, () =>
      assert.equal(numberingRestart(names, next), restart));

  it('go on from where they are', () => {
    assert.equal(nextName(['v27', 'v28', 'v1.0.7', 'v1.0.8']), 'v1.0.9');
    assert.equal(nextName(['v1', 'v2', 'v3']), 'v4');
  });

  const listed = async (...names: string[]) => {
    const file = 'app/upgrades.go';
    const text = chainTexts('private')[file]!;
    const list = text.slice(
      text.indexOf('var chainUpgrades'),
      text.indexOf('\n}\n\n// registerUp'),
    );
    const elements = names.map(name => `\t{\n\t\tname: "${name}",\n\t},\n`).join('');
    const opened = await changedChain('private', [
      put(file, `${list}\n}\n`, `var chainUpgrades = []chainUpgrade{\n${elements}}\n`),
    ]);
    const { text: after } = offered(opened, { name: 'v1.1.0', ...none });
    return [...after(file).matchAll(/^\t\tname: "(.+)",$/gm)].map(([, name]) => name);
  };

  it('are followed at the end of a list, not where the greatest number stands', async () => {
    const names = ['v27', 'v28', 'v1.0.7', 'v1.0.8'];
    assert.deepEqual(await listed(...names), [...names, 'v1.1.0']);
  });

  it('are followed at the top of a list that runs from the newest down', async () => {
    const names = ['v1.0.8', 'v1.0.7', 'v29', 'v28', 'v27'];
    assert.deepEqual(await listed(...names), ['v1.1.0', ...names]);
  });
});

describe('what a plan says of itself', () => {
  const notesFor = async (name: string, answers = {}) =>
    offered(await changedChain('list', []), { name, ...none, ...answers }).notes;

  it('is that its name is older than the newest plan', async () => {
    assert.match(await notesFor('v2.5'), /By its number v2\.5 is older than v3/);
    for (const name of ['v4', 'masters', 'v3-rc1'])
      assert.doesNotMatch(await notesFor(name), /older/);
  });

  it('is that what it deletes is gone', async () => {
    assert.match(await notesFor('v4', { deleted: ['quay'] }), /The store quay will be deleted/);
    assert.doesNotMatch(await notesFor('v4', { added: ['berths'] }), /deleted/);
  });

  it('is that the SDK is newer than those that are known', async () => {
    const newer = await changedChain('list', [
      put('go.mod', 'github.com/cosmos/cosmos-sdk v0.50', 'github.com/cosmos/cosmos-sdk v0.61'),
    ]);
    assert.match(offered(newer, { name: 'v4', ...none }).notes, /SDK v0\.61\S* is newer/);
    assert.doesNotMatch(await notesFor('v4'), /newer/);
  });
});
