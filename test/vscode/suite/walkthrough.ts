import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdirSync, readdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { commands, extensions, languages, Uri, window } from 'vscode';
import { openExample } from '../../../extension/walkthrough/open-example.ts';
import { Walkthrough } from '../../../extension/walkthrough/walkthrough.ts';
import { fakeMemory } from '../../support/fake-memory.ts';
import { git } from '../../support/git.ts';
import { tempDir } from '../../support/temp.ts';
import { closeAll, file, folder } from './support/editor.ts';
import { click, press, read, say, shot } from './support/host.ts';
import { clearMessages, message } from './support/messages.ts';
import { noStep, step, stepTitled } from './support/quick-input.ts';
import { shows } from './support/terminal.ts';
import { changedFiles, treeOf } from './support/tree.ts';
import { until } from './support/until.ts';
import { line, lines } from './support/view.ts';

const titles = [
  'Open the example chain',
  'See what would halt it',
  'Write the upgrade',
  'Look at what the network will do',
];
const page = '.gettingStartedContainer';
const openStep = `${page} .getting-started-step[aria-expanded="true"]`;

/** The walkthrough on the example chain, as a person goes through it. */
describe('the walkthrough', function () {
  // Each step goes on from the one before.
  this.bail(true);
  const environment = { ...process.env };
  const itself = extensions.getExtension('chain-upgrade.generator-chain-upgrade')!;

  before(async () => {
    for (const bar of ['closeSidebar', 'closeAuxiliaryBar'])
      await commands.executeCommand(`workbench.action.${bar}`);
  });
  after(() => {
    process.env = environment;
  });
  afterEach(async () => {
    while (await step()) await press('Escape');
    for (const terminal of window.terminals) terminal.dispose();
    await closeAll();
    await clearMessages();
  });

  /** Opens the walkthrough at a step, and waits for what the step says. */
  async function stepOpened(title: string): Promise<string> {
    await commands.executeCommand('chainUpgrade.getStarted');
    await until(`the step ${title}`, async () =>
      (await read(`${page} .step-title`)).some(text => text.includes(title)),
    );
    const said = async () =>
      (await read(`${openStep} .step-container`)).find(text => text.includes(title));
    if ((await said()) === undefined)
      await click(`${page} .getting-started-step:has-text("${title}")`);
    return until('what the step says', said);
  }

  /** Presses the button of the step that is open. */
  const pressButton = (label: string) => click(`${openStep} .monaco-button:has-text("${label}")`);

  /** The findings of the lint, each with its rule and its line. */
  const findings = () =>
    languages
      .getDiagnostics()
      .flatMap(([uri, all]) => all.map(one => ({ uri, ...one, code: one.code as object })))
      .filter(({ source }) => source === 'chain-upgrade')
      .map(({ uri, code, range }) => ({
        rule: 'value' in code ? code.value : code,
        path: uri.path,
        line: range.start.line,
      }));

  it('opens by its command, with five steps', async () => {
    await stepOpened(titles[0]!);
    const shown = (await read(`${page} .step-title`)).map(text => text.trim());
    assert.deepEqual(shown.slice(0, 4), titles);
    assert.equal(shown.length, 5, shown.join(', '));
    assert.match(shown[4]!, /ehearse it$/);
    await shot('walkthrough');
  });

  it('asks for a folder, and overwrites nothing there', async () => {
    await stepOpened(titles[0]!);
    await pressButton('Copy the Example Chain');
    const beside = `${dirname(folder().fsPath)}/`;
    await until('the folder in the dialog', async () => {
      const shown = await step();
      return shown?.value === beside && shown.rows.includes('example-chain');
    });
    await shot('walkthrough-folder');
    await click('.quick-input-widget .monaco-button:has-text("Copy Here")');
    const said = await message('Chain Upgrade: ');
    assert.match(said, /example-chain exists and is not empty, and nothing in it is overwr/);
  });

  it('copies the chain, and opens nothing but the copy', async () => {
    const into = join(tempDir(), 'my chains');
    mkdirSync(into);
    const opened: string[] = [];
    const { extensionUri } = itself;
    const log = { info: () => {}, warn: () => {} } as never;
    const walkthrough = new Walkthrough(
      {
        extension: itself,
        extensionUri,
        globalState: fakeMemory() as never,
      },
      log,
    );
    const copy = await openExample(
      { walkthrough, log, run: run => run() },
      {
        pickFolder: async () => Uri.file(into),
        open: async ({ fsPath }) => opened.push(fsPath),
      },
    );
    assert.equal(copy?.fsPath, join(into, 'example-chain'));
    assert.deepEqual(opened, [join(into, 'example-chain')]);
    assert.deepEqual(readdirSync(into), ['example-chain']);
    assert.equal(git(copy.fsPath, 'tag'), 'v2.0.0');
    assert.deepEqual(changedFiles(await treeOf(folder()), await treeOf(copy)), []);
  });

  it('leads to the finding that it names', async () => {
    const said = await stepOpened(titles[1]!);
    assert.match(said, /store-not-added in app\/app\.go/);
    await shot('walkthrough-lint');
    await pressButton('Show the Finding');
    const editor = await until(
      'the finding',
      () =>
        window.activeTextEditor?.document.uri.path.endsWith('/app/app.go') &&
        window.activeTextEditor,
    );
    const at = editor.selection.active.line;
    assert.match(editor.document.lineAt(at).text, /^\t\tledgertypes\.StoreKey,$/);
    assert.deepEqual(findings(), [
      { rule: 'store-not-added', path: file('app/app.go').path, line: at },
    ]);
  });

  it('has New Upgrade write what it says', async () => {
    const before = await treeOf(folder());
    await stepOpened(titles[2]!);
    await pressButton('New Upgrade');
    const name = await stepTitled('New Upgrade: Upgrade name (1/7)');
    assert.equal(name.value, 'v3');
    await press('Enter');
    const stores = await stepTitled('New Upgrade: Added stores (2/7)');
    assert.match(stores.rows.join('\n'), /ledger/);
    // What each step offers is taken, as the step of the walkthrough says.
    for (let last = stores.title; !last.startsWith('New Upgrade v3'); ) {
      await press('Enter');
      last = await until('the next step', async () => {
        const title = (await step())?.title;
        return title !== last && title;
      });
    }
    await shot('walkthrough-upgrade');
    await press('Enter');
    await message('New Upgrade v3');
    const written = changedFiles(before, await treeOf(folder()));
    assert.deepEqual(written, [
      'app/upgrades.go',
      'app/upgrades/v3/constants.go',
      'app/upgrades/v3/upgrades.go',
    ]);
    await until('the finding to go', () => findings().length === 0);
  });

  it('shows in the view what it says', async () => {
    await stepOpened(titles[3]!);
    await pressButton('Show the View');
    assert.equal(await line('v3'), 'v3pending · +1');
    const all = await lines();
    for (const shown of [
      '+ ledgerstore added',
      'counter 1 → 2version in v2.0.0 → now',
      'v2already in v2.0.0 · +1',
    ])
      assert.ok(all.includes(shown), all.join('\n'));
    await shot('walkthrough-view');
    await commands.executeCommand('workbench.view.explorer');
  });

  it('marks the steps that are done', async () => {
    await stepOpened(titles[0]!);
    const done = await read(
      `${page} .getting-started-step:has(.codicon-getting-started-step-checked) .step-title`,
    );
    assert.deepEqual(
      titles.filter(title => done.some(text => text.includes(title))),
      titles,
    );
  });

  it('says that there is no Go, in the step that needs it', async () => {
    const only = tempDir();
    process.env['PATH'] = only;
    try {
      const said = await stepOpened('Install Go, and rehearse it');
      assert.match(said, /there is no Go on the PATH/);
      assert.equal((await read(`${page} .step-title`)).length, 5);
      await shot('walkthrough-no-go');
    } finally {
      process.env['PATH'] = environment['PATH'];
    }
  });

  it('asks before anything is built or fetched, and rehearses it with real nodes', async function () {
    this.timeout(11 * 60_000);
    const why = whyNotRehearsed();
    if (why !== undefined) {
      await say(`        not rehearsed: ${why}`);
      this.skip();
    }
    Object.assign(process.env, { GOTOOLCHAIN: 'local', CHAIN_UPGRADE_CACHE: tempDir() });
    const before = await treeOf(folder());
    await stepOpened('Rehearse it');
    await pressButton('Rehearse');
    const { rows } = await stepTitled('Rehearse v3');
    assert.match(rows.join(' '), /Runs git and Go \(go[\d.]+\) for that\./);
    assert.match(rows.join(' '), /odules? that go\.mod names /);
    await shot('walkthrough-rehearse');
    await press('Enter');
    assert.equal(
      await message('Chain Upgrade: the plan v3', 10 * 60),
      'Chain Upgrade: the plan v3 passed its rehearsal.',
    );
    await shows(/^Plan v3 from v2\.0\.0 PASSED: applied at height \d+, restarted\.$/);
    assert.deepEqual(changedFiles(before, await treeOf(folder())), []);
    await noStep();
  });
});

function whyNotRehearsed(): string | undefined {
  if (spawnSync('go', ['version']).status !== 0) return 'there is no Go on the PATH';
  if (process.env['CI'] === 'true') return undefined;
  return 'Go may compile for minutes; CI=true npm test -- vscode does it';
}
