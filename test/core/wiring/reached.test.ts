import assert from 'node:assert/strict';
import type { Opened } from '../../support/plans.ts';
import { openChain } from '../../support/plans.ts';

const module = 'github.com/harbor-chain/harbor';

/** The small chain `list` with functions of another package that register plans. */
function registering(functions: string, called: string): Promise<Opened> {
  return openChain('list', {
    texts: {
      'app/plans/plans.go': `package plans\n\n${functions}\n`,
      'app/plans_in_use.go': `package app\n\nimport "${module}/app/plans"\n\nfunc init() {\n\t${called}\n}\n`,
    },
  });
}

function names({ app }: Opened): string[] {
  return app.upgrades.map(({ name, registered, uncalled }) =>
    [name, ...(registered ? [] : ['not registered']), ...(uncalled ? [uncalled] : [])].join(' '),
  );
}

const first = 'func first(k Keeper) { k.SetUpgradeHandler("first", nil) }\n';

describe('a function of another package that registers', () => {
  it('is reached through others of its package', async () => {
    const opened = await registering(
      `func All(k Keeper) { some(k) }\n\nfunc some(k Keeper) { first(k) }\n\n${first}`,
      'plans.All(nil)',
    );
    assert.deepEqual(names(opened), ['v2', 'v3', 'first']);
  });

  it('is told where nothing calls it', async () => {
    const opened = await registering(`func All(k Keeper) {}\n\n${first}`, 'plans.All(nil)');
    assert.deepEqual(names(opened), ['v2', 'v3', 'first not registered first']);
  });
});
