import assert from 'node:assert/strict';
import { analyse, readChain } from '../../../core/chain/analysis.ts';
import { configFile } from '../../../core/config-file.ts';
import { lintVerdict } from '../../../core/judge/new-errors.ts';
import { replaceOnce } from '../../support/edits.ts';
import { repoOf } from '../../support/go.ts';
import { sampleChain, sampleNext } from '../../support/rule-pages.ts';

const keys = 'app/keys.go';
const texts = Object.fromEntries([...sampleChain, ...sampleNext]);
const last = ', countertypes.StoreKey)';
const mounted = replaceOnce(keys, texts[keys]!, last, ', countertypes.StoreKey, "ledger")');
const left = replaceOnce(keys, texts[keys]!, last, ')');

/** Why a plan that mounts a store and adds it nowhere, or leaves one out, is not offered. */
async function reasonWith(config?: string, changed = mounted): Promise<string | undefined> {
  const configured = config === undefined ? texts : { ...texts, [configFile]: config };
  const chain = readChain(await repoOf(Object.fromEntries(sampleChain)));
  const before = analyse(await repoOf(configured));
  const now = analyse(await repoOf({ ...configured, [keys]: changed }));
  const base = { ref: 'v1.0.0', merged: true, chain };
  return lintVerdict(before, now, base).refusal?.reason;
}

describe("what the linter's new errors mean for a plan", () => {
  const error = /would report the error store-not-added/;

  it('refuses an error', async () => {
    assert.match((await reasonWith()) ?? '', error);
    assert.match((await reasonWith('{ "rules": { "stale-added": "off" } }')) ?? '', error);
  });

  for (const severity of ['off', 'warning', 'info'])
    it(`is nothing where the repository sets the rule to ${severity}`, async () => {
      const config = JSON.stringify({ rules: { 'store-not-added': severity } });
      assert.equal(await reasonWith(config), undefined);
    });

  it('is nothing in a file that the repository leaves out', async () => {
    assert.equal(await reasonWith('{ "exclude": ["app/keys.go"] }'), undefined);
    assert.match((await reasonWith('{ "exclude": ["app/other.go"] }')) ?? '', error);
  });

  it('refuses what the repository makes an error', async () => {
    const config = '{ "rules": { "removed-store-not-deleted": "error" } }';
    const raised = /would report the error removed-store-not-deleted/;
    assert.match((await reasonWith(config, left)) ?? '', raised);
    assert.equal(await reasonWith(undefined, left), undefined);
  });

  it('takes the severities of the rules where the configuration cannot be read', async () => {
    assert.match((await reasonWith('{ "rules": 1 }')) ?? '', error);
  });
});
