import assert from 'node:assert/strict';
import { speaksOfOther } from '../../../core/plan/package/naming.ts';
import { put } from '../../support/edits.ts';
import { changedChain, offered } from '../../support/planned.ts';

const none = { added: [], deleted: [] };

describe('comments that speak of another version', () => {
  const cases: [text: string, name: string, other: boolean][] = [
    ['// creates the handler of v3', 'v3', false],
    ['// creates the handler of v3.0.0', 'v3', false],
    ['// creates the handler of v3.1', 'v3', true],
    ['// creates the handler of v0.3.0-beta.', 'v3', true],
    ['// the step from v2 to v3', 'v3', true],
    ['// the step to 0.3', 'v3', true],
    ['// the step to v0.3.0', 'v0.3.0', false],
    ['// the step to 0.3.0', 'v0.3.0', false],
    ['// v0_3_0.Upgrade is it', 'v0.3.0', false],
    ['// pays 2.5 % of 1.25%', 'v3', false],
    ['// see https://docs.example.org/v0.45/upgrade.html', 'v3', false],
    ['// imports ibc-go/v8', 'v3', false],
    ['// keeps 12 blocks', 'v3', false],
    ['// of UpgradeV2Name', 'v3', false],
    ['// Harbor Masters', 'masters', false],
  ];
  for (const [text, name, other] of cases)
    it(`${text} above ${name}: ${other}`, () => assert.equal(speaksOfOther(text, name), other));

  it('are not copied to a new package', async () => {
    const opened = await changedChain('list', [
      put(
        'app/upgrades/v3/constants.go',
        '// Upgrade is the upgrade v3.',
        '// Upgrade is v0.3 of the harbor.',
      ),
      put(
        'app/upgrades/v3/upgrades.go',
        '// CreateUpgradeHandler returns the handler of the upgrade.',
        '// CreateUpgradeHandler returns the handler of 0.3.0-beta.',
      ),
      put('app/upgrades/v3/upgrades.go', '"Upgrade v3 complete"', '"Upgrade v0.3.0 complete"'),
      put('app/upgrades/v2/upgrades.go', '"Upgrade v2 complete"', '"done"'),
    ]);
    const { text } = offered(opened, { name: 'v4', ...none });
    assert.doesNotMatch(text('app/upgrades/v4/constants.go'), /0\.3/);
    assert.doesNotMatch(text('app/upgrades/v4/upgrades.go'), /0\.3/);
    assert.match(text('app/upgrades/v4/upgrades.go'), /Starting module migrations/);
  });

  it('are kept where the others say the same', async () => {
    const comment = '// CreateUpgradeHandler returns the handler of the upgrade.';
    const said = '// CreateUpgradeHandler returns a handler of SDK v0.50.';
    const opened = await changedChain('list', [
      put('app/upgrades/v2/upgrades.go', comment, said),
      put('app/upgrades/v3/upgrades.go', comment, said),
    ]);
    const { text } = offered(opened, { name: 'v4', ...none });
    assert.match(text('app/upgrades/v4/upgrades.go'), /of SDK v0\.50/);
  });

  it('are taken off a handler that is rewritten', async () => {
    const file = 'app/upgrades.go';
    const opened = await changedChain('single', [
      put(
        file,
        '// UpgradeName is the plan that brings a chain of the last release to this one.',
        '// UpgradeName is v0.3.0 of the orchestra.',
      ),
      put(
        file,
        '\tapp.UpgradeKeeper.SetUpgradeHandler(',
        '\t// v3: tunes the violins\n\tapp.UpgradeKeeper.SetUpgradeHandler(',
      ),
    ]);
    const { text } = offered(opened, { name: 'v4', ...none });
    assert.doesNotMatch(text(file), /0\.3|v3/);
    assert.match(text(file), /\t\/\/ v4: tunes the violins\n/);
  });

  it('are not copied with a package', async () => {
    const old = 'app/upgrade/v2/upgrade.go';
    const opened = await changedChain('local', [
      put(old, 'package v2\n', '// Package v2 holds release 0.2.0 of the chain.\npackage v2\n'),
    ]);
    const { plan, text } = offered(opened, { name: 'v3', ...none });
    const made = plan.creates.map(({ file }) => text(file)).join('\n');
    assert.doesNotMatch(made, /0\.2/);
    assert.match(made, /^package v3$/m);
  });
});
