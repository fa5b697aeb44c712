import assert from 'node:assert/strict';
import type { LogOutputChannel, Uri } from 'vscode';
import type { Analysis } from '../../core/chain/analysis.ts';
import type { InspectPages } from '../../extension/inspect/inspect-pages.ts';
import type { Linter } from '../../extension/lint/lint.ts';
import type { ChainView } from '../../extension/view/chain-view.ts';
import { exampleApp } from '../support/before-v3.ts';
import { chainTexts } from '../support/chains.ts';
import { standInForEditor } from '../support/editor-stub.ts';
import { replaceOnce } from '../support/edits.ts';
import { FakeEditor, FakeUri } from '../support/fake-editor.ts';
import { parser } from '../support/go.ts';
import { twoNetworks } from '../support/two-networks.ts';

const mistake = (text: string) =>
  replaceOnce(exampleApp, text, 'v3.Upgrade,', 'v3.Upgrade,\n\t\tv3.Upgrade,');

describe('chains that are linted in the editor', function () {
  this.timeout(20_000);
  let fake: FakeEditor;
  let linter: Linter;
  let view: ChainView;
  let pages: InspectPages;
  let told = 0;

  before(standInForEditor);
  beforeEach(async () => {
    fake = new FakeEditor();
    fake.open('/list', chainTexts('list'));
    fake.use();
    const [{ Linter: Made }, { Repositories }, { ChainView: View }, { InspectPages: Pages }] =
      await Promise.all([
        import('../../extension/lint/lint.ts'),
        import('../../extension/repositories.ts'),
        import('../../extension/view/chain-view.ts'),
        import('../../extension/inspect/inspect-pages.ts'),
      ]);
    const log = fake.log as unknown as LogOutputChannel;
    const repositories = new Repositories(async () => parser, log);
    linter = new Made(repositories, log, new FakeUri('/pages') as unknown as Uri);
    view = new View(linter);
    pages = new Pages(linter);
    told = 0;
    linter.onDidLint(() => {
      told++;
    });
  });
  afterEach(() => linter.dispose());

  const uri = (path: string) => new FakeUri(path) as unknown as Uri;
  const states = () => fake.contexts.map(([, state]) => state);
  const lines = async () =>
    (await view.getChildren()).map(({ node }) => `${node.label} [${node.kind}] ${node.note}`);
  const messages = () => [...fake.marks.values()].flat().map(({ message }) => message);
  const isTwice = (message: string) => message.startsWith('"v3" is registered twice');

  it('what could not be read is no missing app, and does not hide the others', async () => {
    fake.open('/two', twoNetworks());
    fake.fails = path =>
      path === '/two/app/consumer/app.go' ? new Error('disk\nbroken') : undefined;
    const { chains, failures } = await linter.lintNow();
    assert.deepEqual(
      [chains, failures.map(({ name, why }) => [name, why])],
      [1, [['two', 'disk broken']]],
    );
    const [failed, app] = await lines();
    assert.equal(failed, 'two could not be read [failed] disk broken');
    assert.match(app!, /^app \[app\]/);
    assert.deepEqual(states(), ['chain']);
    fake.fails = undefined;
    await linter.again();
    assert.ok(!(await lines()).some(line => line.includes('failed')));
  });

  it('a reading that was cancelled or failed is a state of its own', async () => {
    fake.fails = () => Object.assign(new Error('stop'), { name: 'AbortError' });
    await linter.start();
    assert.deepEqual(states(), ['failed']);
    assert.deepEqual(await lines(), [
      'the workspace could not be read [failed] reading was cancelled',
    ]);
    assert.deepEqual(fake.errors, []);
    fake.fails = undefined;
    await linter.again();
    assert.deepEqual(states(), ['failed', 'chain']);
  });

  it('a command that is told of a chain, an app or a question that is not there says so', async () => {
    fake.open('/two', twoNetworks());
    const [{ chooseRepository, chooseApp }, { writeByPlan }, { newUpgrade }, { Repositories }] =
      await Promise.all([
        import('../../extension/choose.ts'),
        import('../../extension/upgrade/write-by-plan.ts'),
        import('../../core/tasks/tasks.ts'),
        import('../../extension/repositories.ts'),
      ]);
    const repositories = new Repositories(
      async () => parser,
      fake.log as unknown as LogOutputChannel,
    );
    const other = { root: 'file:///other' };
    await assert.rejects(
      chooseRepository(repositories, 'New Upgrade', other),
      /^Error: there is no Cosmos SDK chain at file:\/\/\/other in this workspace$/,
    );
    const root = 'file:///two';
    const chosen = await chooseRepository(repositories, 'New Upgrade', { root });
    const reading = await repositories.read(chosen!.value, {
      announce: async () => {},
    } as never);
    await assert.rejects(
      chooseApp(reading, 'New Upgrade', false, { root, app: 'app/none' }),
      /^Error: there is no app in app\/none; there is one in app\/consumer, app\/provider$/,
    );
    await assert.rejects(
      writeByPlan({ repositories } as never, newUpgrade, { root, answers: { nmae: 'v5' } }),
      /^Error: New Upgrade does not ask for "nmae"; it asks for name, /,
    );
  });

  it('the task of a chain that was not read fails, and the command does not say there is none', async () => {
    fake.fails = path => (path.endsWith('.go') ? new Error('disk broken') : undefined);
    const { lintWorkspace } = await import('../../extension/lint/lint-command.ts');
    await lintWorkspace({ linter } as never);
    assert.deepEqual(fake.said, ['Chain Upgrade: list could not be read: disk broken.']);
  });

  it('tells the editor of its state only where that changed', async () => {
    await linter.start();
    await linter.again();
    await linter.again();
    assert.deepEqual(states(), ['chain']);
  });

  it('has no state where no app is left, though the repository is still linted', async () => {
    await linter.start();
    const document = fake.document(`/list/${exampleApp}`);
    document.type('package app\n');
    linter.settle();
    assert.deepEqual([states(), linter.all?.length], [['chain', 'none'], 1]);
  });

  it('turned off it shows nothing, and turned on again it does', async () => {
    fake.files.set(`/list/${exampleApp}`, mistake(fake.files.get(`/list/${exampleApp}`)!));
    await linter.start();
    assert.ok(messages().some(isTwice));
    linter.stop();
    assert.deepEqual([messages(), states(), await lines()], [[], ['chain', undefined], []]);
    assert.deepEqual(
      Object.values(fake.events).map(({ count }) => count),
      // The pages go on to follow the folders.
      Object.keys(fake.events).map(name => (name === 'onDidChangeWorkspaceFolders' ? 1 : 0)),
    );
    await linter.start();
    assert.ok(messages().some(isTwice));
    assert.deepEqual(states(), ['chain', undefined, 'chain']);
  });

  it('a setting of the lenses reads nothing, severities read nothing but lint again', async () => {
    await linter.start();
    const before = linter.all![0];
    fake.fails = path => new Error(`${path} was read`);
    told = 0;
    fake.configured('codeLens');
    assert.equal(told, 1);
    fake.files.set('/list/x', '');
    fake.settings['rules'] = { 'duplicate-upgrade': 'off' };
    fake.configured('rules');
    assert.deepEqual([told, linter.all![0] === before, linter.failures], [2, true, []]);
  });

  it('another release is read at once', async () => {
    await linter.start();
    const before = linter.all![0];
    fake.configured('base');
    await linter.again();
    assert.notEqual(linter.all![0], before);
  });

  it('watches the folders that there are', async () => {
    await linter.start();
    assert.deepEqual(fake.watched, ['/list']);
    fake.open('/two', twoNetworks());
    fake.events.onDidChangeWorkspaceFolders.fire();
    assert.deepEqual(fake.watched, ['/list', '/two']);
    fake.folders = fake.folders.slice(1);
    fake.events.onDidChangeWorkspaceFolders.fire();
    assert.deepEqual(fake.watched, ['/two']);
    await linter.again();
    assert.deepEqual(
      linter.all!.map(({ root }) => root.path),
      ['/two'],
    );
  });

  it('what is stored takes the place of what was typed and waited', async () => {
    await linter.start();
    const path = `/list/${exampleApp}`;
    const stored = fake.files.get(path)!;
    const document = fake.document(path);
    document.type(mistake(stored));
    document.isDirty = false;
    fake.events.onDidSaveTextDocument.fire(document);
    await new Promise(resolve => setTimeout(resolve, 20));
    linter.settle();
    assert.equal(linter.at(uri('/list'))!.repo.texts.get(exampleApp), stored);
  });

  it('an inspection takes what was typed, and reads no file again', async () => {
    await linter.start();
    const document = fake.document(`/list/${exampleApp}`);
    document.type(mistake(document.getText()));
    fake.fails = path => new Error(`${path} was read`);
    const linted = await linter.upToDate(uri('/list'), {} as never);
    assert.ok(linted!.problems.some(({ rule }) => rule === 'duplicate-upgrade'));
    assert.deepEqual(linter.failures, []);
  });

  it('an inspection leaves the release that the chain is compared with', async () => {
    const releases = (linter as unknown as { repositories: { baseline: unknown } }).repositories;
    releases.baseline = ({ analysis }: { analysis: Analysis }) => {
      const [app] = analysis.chain.apps;
      const stores = app!.stores.slice(1);
      const chain = { ...analysis.chain, apps: [{ ...app!, stores }] };
      return Promise.resolve({ ref: 'v2.0.0', merged: true, chain, notes: [] });
    };
    await linter.start();
    const found = () => linter.at(uri('/list'))!.problems.map(({ rule }) => rule);
    assert.ok(found().includes('store-not-added'));
    for (let times = 0; times < 3; times++) {
      const linted = await linter.upToDate(uri('/list'), {} as never);
      assert.deepEqual(
        linted!.bases.map(({ ref }) => ref),
        ['v2.0.0'],
      );
      const document = fake.document(`/list/${exampleApp}`);
      document.type(`${document.getText()}\n`);
      linter.settle();
      assert.ok(found().includes('store-not-added'));
    }
  });

  it('the page of a chain that is gone is closed', async () => {
    fake.open('/two', twoNetworks());
    await linter.start();
    for (const linted of linter.all!) pages.show(linted.root.path, linted);
    assert.deepEqual(
      fake.panels.map(({ closed }) => closed),
      [false, false],
    );
    fake.folders = fake.folders.slice(0, 1);
    fake.events.onDidChangeWorkspaceFolders.fire();
    assert.deepEqual(
      fake.panels.map(({ closed }) => closed),
      [false, true],
    );
    fake.files.set('/list/go.mod', 'module example.com/other\n');
    await linter.again();
    assert.deepEqual(
      fake.panels.map(({ closed }) => closed),
      [true, true],
    );
  });

  it('a page opens what lies below its chain, at a line that there can be', async () => {
    await linter.start();
    const open = (...given: unknown[]) => fake.commands.get('chainUpgrade.openPlace')!(...given);
    const root = 'file:///list';
    await open(root, exampleApp, 3, 1);
    assert.equal(fake.opened.length, 0, 'no page is open');
    pages.show('list', linter.all![0]!);
    const [command] = /command:chainUpgrade\.openPlace\?([^"]+)/
      .exec(fake.panels[0]!.html)!
      .slice(1);
    await open(...(JSON.parse(decodeURIComponent(command!)) as unknown[]));
    assert.equal(fake.opened.length, 1);
    assert.ok(fake.files.has(fake.opened[0]!.path));
    await open(root, exampleApp, 3, 1);
    assert.deepEqual(fake.opened[1], { path: `/list/${exampleApp}`, line: 2 });
    for (const given of [
      ['file:///other', exampleApp, 3, 1],
      [root, '../other/app.go', 3, 1],
      [root, `../list/../etc/passwd`, 3, 1],
      [root, exampleApp, 0, 1],
      [root, exampleApp, 3, 0],
      [root, exampleApp, 1.5, 1],
      [root, exampleApp, '3', 1],
      [root, undefined, 3, 1],
      [`${root}/${exampleApp}`, 3, 1],
    ])
      await open(...given);
    assert.equal(fake.opened.length, 2);
  });
});
