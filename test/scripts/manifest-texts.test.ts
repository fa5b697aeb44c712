import assert from 'node:assert/strict';
import { ensureManifestTexts } from '../../scripts/contract/manifest-texts.ts';
import { found, manifest } from '../support/code-base.ts';

const command = (title: string) => ({ commands: [{ command: 'chainUpgrade.a', title }] });
const findings = (contributes: object, texts: Readonly<Record<string, string>>) =>
  found(ensureManifestTexts, {
    'package.json': manifest(contributes),
    'package.nls.json': `${JSON.stringify(texts, null, 2)}\n`,
  });

describe('the texts of package.json', () => {
  it('are keys that are there, and used', async () => {
    const texts = { 'command.a.title': 'A' };
    assert.deepEqual(await findings(command('%command.a.title%'), texts), []);
    const missing = await findings(command('%command.b.title%'), texts);
    assert.equal(missing.length, 2);
    assert.match(missing[0]!, /^package\.json:\d+: command\.b\.title is not in package\.nls\.json/);
    assert.equal(missing[1], 'package.nls.json:2: command.a.title is not in package.json');
  });

  it('are no plain texts, wherever they are shown; names are', async () => {
    for (const contributes of [
      command('Do It'),
      { views: { x: [{ id: 'x', name: 'View' }] } },
      { viewsWelcome: [{ view: 'x', contents: 'Open a folder.' }] },
      { walkthroughs: [{ id: 'w', steps: [{ media: { altText: 'A picture.' } }] }] },
      { configuration: { properties: { a: { markdownDescription: 'What it does.' } } } },
    ]) {
      const [only, ...others] = await findings(contributes, {});
      assert.match(only ?? '', /is shown: put it into package\.nls\.json, and its key here$/);
      assert.deepEqual(others, []);
    }
    const plain = { configuration: { title: 'Chain Upgrade' }, problemMatchers: [{ name: 'x-y' }] };
    assert.deepEqual(await findings(plain, {}), []);
  });
});
