import assert from 'node:assert/strict';
import { chainTexts } from '../../../support/chains.ts';
import { replaceOnce } from '../../../support/edits.ts';
import { applied, openChain, planIn } from '../../../support/plans.ts';

const folder = 'upgrades/software';
const init = `${folder}/v1.2.0/init.go`;

/** The init file of a new upgrade v1.3.0, with another call in that of the newest one. */
async function initOfNext(call: string): Promise<string> {
  const text = replaceOnce(
    init,
    chainTexts('registry')[init]!,
    'utypes.RegisterUpgrade(UpgradeName, initUpgrade)',
    call,
  );
  const opened = await openChain('registry', { texts: { [init]: text } });
  const plan = planIn(opened, { name: 'v1.3.0' });
  assert.equal(plan.refused?.reason, undefined);
  return applied(opened, plan).repo.texts.get(`${folder}/v1.3.0/init.go`)!;
}

describe('an upgrade that registers itself', () => {
  it('is entered under its constant, and under a name that is written there', async () => {
    const constant = await initOfNext('utypes.RegisterUpgrade(UpgradeName, initUpgrade)');
    assert.match(
      constant,
      /init\(\) \{\n\tutypes\.RegisterUpgrade\(UpgradeName, initUpgrade\)\n\}/,
    );
    const literal = await initOfNext('utypes.RegisterUpgrade("v1.2.0", initUpgrade)');
    assert.match(literal, /init\(\) \{\n\tutypes\.RegisterUpgrade\("v1\.3\.0", initUpgrade\)\n\}/);
  });
});
