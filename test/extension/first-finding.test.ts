import assert from 'node:assert/strict';
import type { LogOutputChannel, Uri } from 'vscode';
import type { Linter } from '../../extension/lint/lint.ts';
import type { Tools } from '../../extension/services.ts';
import { exampleApp } from '../support/before-v3.ts';
import { chainTexts } from '../support/chains.ts';
import { standInForEditor } from '../support/editor-stub.ts';
import { replaceOnce } from '../support/edits.ts';
import { FakeEditor, FakeUri } from '../support/fake-editor.ts';
import { parser } from '../support/go.ts';
import { twoNetworks } from '../support/two-networks.ts';

describe('Show First Finding', function () {
  this.timeout(20_000);
  let fake: FakeEditor;
  let linter: Linter;

  before(standInForEditor);
  beforeEach(async () => {
    fake = new FakeEditor();
    fake.use();
    const [{ Linter: Made }, { Repositories }] = await Promise.all([
      import('../../extension/lint/lint.ts'),
      import('../../extension/repositories.ts'),
    ]);
    const log = fake.log as unknown as LogOutputChannel;
    const repositories = new Repositories(async () => parser, log);
    linter = new Made(repositories, log, new FakeUri('/pages') as unknown as Uri);
  });
  afterEach(() => linter.dispose());

  /** How often everything is read for it. */
  async function readings(): Promise<number> {
    const { showFirstFinding } = await import('../../extension/lint/first-finding.ts');
    let count = 0;
    const { lintNow } = linter;
    linter.lintNow = () => {
      count++;
      return lintNow.call(linter);
    };
    await showFirstFinding({ linter } as Tools);
    return count;
  }

  /** A second chain that cannot be read. */
  function breakOther(): void {
    fake.open('/two', twoNetworks());
    fake.fails = path =>
      path === '/two/app/consumer/app.go' ? new Error('disk broken') : undefined;
  }
  const failed = 'Chain Upgrade: two could not be read: disk broken.';
  const clean = 'Chain Upgrade: 0 errors and 0 warnings.';
  const mistaken = () => {
    const texts = chainTexts('list');
    const twice = 'v3.Upgrade,\n\t\tv3.Upgrade,';
    return {
      ...texts,
      [exampleApp]: replaceOnce(exampleApp, texts[exampleApp]!, 'v3.Upgrade,', twice),
    };
  };

  it('reads once, and says what was linted where nothing is found', async () => {
    fake.open('/list', chainTexts('list'));
    assert.equal(await readings(), 1);
    assert.deepEqual([fake.said, fake.opened], [[clean], []]);
  });

  it('says what could not be read, where nothing else is found', async () => {
    fake.open('/list', chainTexts('list'));
    breakOther();
    assert.equal(await readings(), 1);
    assert.deepEqual([fake.said, fake.opened], [[failed, clean], []]);
  });

  it('says what could not be read, and opens what is found elsewhere', async () => {
    fake.open('/list', mistaken());
    breakOther();
    assert.equal(await readings(), 1);
    assert.deepEqual(fake.said, [failed]);
    assert.deepEqual(
      fake.opened.map(({ path }) => path),
      [`/list/${exampleApp}`],
    );
  });

  it('says only what could not be read where all of it could not', async () => {
    fake.open('/list', chainTexts('list'));
    fake.fails = () => Object.assign(new Error('stop'), { name: 'AbortError' });
    await readings();
    assert.deepEqual(fake.said, [
      'Chain Upgrade: the workspace could not be read: reading was cancelled.',
    ]);
  });
});
