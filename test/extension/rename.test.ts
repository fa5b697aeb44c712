import assert from 'node:assert/strict';
import type { LogOutputChannel, Uri } from 'vscode';
import type { Linter } from '../../extension/lint/lint.ts';
import { standInForEditor } from '../support/editor-stub.ts';
import { FakeEditor, FakeUri } from '../support/fake-editor.ts';
import type { FakeEdit } from '../support/fake-rename.ts';
import { parser } from '../support/go.ts';
import { applied, openChain, planIn } from '../support/plans.ts';

describe('F2 on the name of a plan', function () {
  this.timeout(20_000);
  const constants = '/list/app/upgrades/v5/constants.go';
  let fake: FakeEditor;
  let linter: Linter;

  before(standInForEditor);
  beforeEach(async () => {
    const opened = await openChain('list');
    const { repo } = applied(opened, planIn(opened, { name: 'v5', test: true }));
    fake = new FakeEditor();
    fake.open('/list', {
      ...Object.fromEntries(repo.texts),
      'app/upgrades/v5/README.md': 'The plan v5.\n',
    });
    fake.use();
    const [{ Linter: Made }, { Repositories }, { registerPlanRename }] = await Promise.all([
      import('../../extension/lint/lint.ts'),
      import('../../extension/repositories.ts'),
      import('../../extension/places/rename.ts'),
    ]);
    const log = fake.log as unknown as LogOutputChannel;
    const repositories = new Repositories(async () => parser, log);
    linter = new Made(repositories, log, new FakeUri('/pages') as unknown as Uri);
    registerPlanRename(linter, log);
    await linter.start();
  });
  afterEach(() => linter.dispose());

  const place = (path: string, word: string) => {
    const text = fake.files.get(path)!;
    const before = text.slice(0, text.indexOf(word) + 1).split('\n');
    return { line: before.length - 1, character: before.at(-1)!.length };
  };
  const rename = (to: string): Promise<FakeEdit> =>
    fake.renames!.provideRenameEdits(fake.document(constants), place(constants, '"v5"'), to);

  it('gives the name where it is written out, and refuses other places', () => {
    const prepare = (word: string) =>
      fake.renames!.prepareRename(fake.document(constants), place(constants, word));
    assert.equal(prepare('"v5"').placeholder, 'v5');
    for (const word of ['UpgradeName =', 'package'])
      assert.throws(() => prepare(word), /no name of an upgrade plan is written out here/);
  });

  it('moves files and the folder, and then edits texts where they are', async () => {
    const { asked } = await rename('v6');
    const first = asked.findIndex(([what]) => what === 'replace');
    assert.ok(asked.slice(first).every(([what]) => what === 'replace'));
    assert.deepEqual(asked.slice(0, first), [
      ['rename', '/list/upgrades.checks/v5.json', '/list/upgrades.checks/v6.json'],
      ['rename', '/list/app/upgrades/v5', '/list/app/upgrades/v6'],
    ]);
    const changed = new Set(asked.slice(first).map(([, path]) => path));
    assert.ok(changed.has('/list/app/app.go') && changed.has(constants.replace('v5', 'v6')));
    assert.match(fake.said.join(), /v5 was renamed to v6: .*not compared with a release/);
  });

  it('takes what is typed and not saved', async () => {
    const document = fake.document(constants);
    document.type(`${fake.files.get(constants)!}\n// v5 is near\nconst near = true\n`);
    const { asked } = await rename('v6');
    assert.ok(
      asked.some(
        ([, path, text]) => path === constants.replace('v5', 'v6') && text.includes('v6 is near'),
      ),
    );
  });

  it('is refused with the reason, and gives no edit', async () => {
    await assert.rejects(rename('v2'), /^Error: v2 is registered already/);
    await assert.rejects(rename(''), /^Error: the upgrade needs a name/);
    fake.files.set('/list/upgrades.lock/harbor-1.json', 'no lock');
    await linter.again();
    await assert.rejects(rename('v6'), /^Error: upgrades\.lock\/harbor-1\.json: this is no JSON/);
  });

  it('takes what changed on the disk meanwhile', async () => {
    fake.files.set('/list/app/app.go', `${fake.files.get('/list/app/app.go')!}\n// later\n`);
    const { asked } = await rename('v6');
    assert.ok(asked.some(([, path]) => path === '/list/app/app.go'));
  });

  it('never takes the place of a folder that is there', async () => {
    fake.files.set('/list/app/upgrades/v6/.keep', '');
    await assert.rejects(rename('v6'), /^Error: app\/upgrades\/v6 exists already/);
  });
});
