import assert from 'node:assert/strict';
import { analyse } from '../../../../core/chain/analysis.ts';
import { chainTexts } from '../../../support/chains.ts';
import { replaceOnce } from '../../../support/edits.ts';
import { repoOf } from '../../../support/go.ts';

const constants = 'app/upgrades/v3/constants.go';

/** The stores that a package nothing registers says its upgrade deletes, by the declaration there. */
async function deletedBy(change: (text: string) => string): Promise<(string | null)[][]> {
  const texts = chainTexts('list');
  const app = replaceOnce('app/app.go', texts['app/app.go']!, '\t\tv3.Upgrade,\n', '');
  const repo = await repoOf({
    ...texts,
    'app/app.go': app,
    [constants]: change(texts[constants]!),
  });
  const [chain] = analyse(repo).chain.apps;
  return chain!.upgrades
    .filter(({ name }) => name === 'v3')
    .map(({ stores }) => stores?.deleted.map(({ name }) => name) ?? []);
}

describe('an upgrade that nothing registers', () => {
  it('is read once, with the stores of its struct, beside the constant of its name', async () => {
    const [stores, ...others] = await deletedBy(text => text);
    assert.deepEqual(stores, ['tally']);
    assert.deepEqual(others, []);
    const inParens = await deletedBy(text => {
      const opened = replaceOnce(constants, text, 'upgrades.Upgrade{', '(upgrades.Upgrade{');
      return `${opened.trimEnd()})\n`;
    });
    assert.deepEqual(inParens, [stores]);
    const byAddress = await deletedBy(text =>
      replaceOnce(constants, text, 'upgrades.Upgrade{', '&upgrades.Upgrade{'),
    );
    assert.deepEqual(byAddress, [stores]);
    const inInit = await deletedBy(text => {
      const set = replaceOnce(constants, text, 'var Upgrade =', 'func init() {\n\tUpgrade =');
      return `${set}}\n\nvar Upgrade upgrades.Upgrade\n`;
    });
    assert.deepEqual(inInit, [stores]);
    const made = await deletedBy(text => {
      const make = 'var Upgrade = make()\n\nfunc make() upgrades.Upgrade {\n\treturn';
      return `${replaceOnce(constants, text, 'var Upgrade =', make)}}\n`;
    });
    assert.deepEqual(made, [stores]);
  });
});
