import assert from 'node:assert/strict';
import { existsSync, mkdirSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import type { LogOutputChannel, Memento, Uri } from 'vscode';
import type { Tools } from '../../extension/services.ts';
import type { Walkthrough } from '../../extension/walkthrough/walkthrough.ts';
import { standInForEditor } from '../support/editor-stub.ts';
import { bundledExample } from '../support/example.ts';
import { FakeEditor, FakeUri } from '../support/fake-editor.ts';
import { fakeGo } from '../support/fake-go.ts';
import { fakeMemory } from '../support/fake-memory.ts';
import { git } from '../support/git.ts';
import { projectRoot } from '../support/root.ts';
import { tempDir } from '../support/temp.ts';

const id = 'chain-upgrade.generator-chain-upgrade';
const opened = (step?: string) => [
  'workbench.action.openWalkthrough',
  step === undefined
    ? `${id}#getStarted`
    : { category: `${id}#getStarted`, step: `${id}#getStarted#${step}` },
  false,
];

describe('the walkthrough', function () {
  this.timeout(30_000);
  let fake: FakeEditor;
  let memory: Memento;
  const path = process.env['PATH'];
  const said: { text: string; buttons: readonly string[] }[] = [];

  before(standInForEditor);
  beforeEach(() => {
    fake = new FakeEditor();
    fake.isTrusted = true;
    fake.bytes(join(projectRoot, 'dist'));
    memory = fakeMemory();
    process.env['PATH'] = fakeGo().env.PATH;
  });
  afterEach(() => {
    process.env['PATH'] = path;
  });

  /** A window of the editor as it is now, in which the extension starts. */
  async function startedWindow(): Promise<Walkthrough> {
    fake.use();
    const { Walkthrough: Made } = await import('../../extension/walkthrough/walkthrough.ts');
    return new Made(
      {
        extension: { id } as never,
        extensionUri: new FakeUri(projectRoot) as unknown as Uri,
        globalState: memory as never,
      },
      fake.log as unknown as LogOutputChannel,
    );
  }

  /** What opens by itself in such a window. */
  async function greeted(): Promise<unknown[][]> {
    const before = fake.executed.length;
    await (await startedWindow()).greet();
    return fake.executed.slice(before);
  }

  it('opens by its command, and never by itself: VS Code does that', async () => {
    assert.deepEqual(await greeted(), []);
    fake.open('/elsewhere', {});
    assert.deepEqual(await greeted(), []);
    await (await startedWindow()).open();
    assert.deepEqual(fake.executed.at(-1), opened());
  });

  it('goes on in the window that opens the copy, once', async () => {
    fake.open('/example-chain', {});
    const walkthrough = await startedWindow();
    await walkthrough.follow(new FakeUri('/example-chain') as unknown as Uri);
    assert.deepEqual(fake.contexts, [['chainUpgrade.exampleCopied', true]]);
    assert.deepEqual(await greeted(), [opened('lint')]);
    assert.deepEqual(await greeted(), []);
  });

  it('knows whether Go is there, and runs none where the workspace is not trusted', async () => {
    const states = async () => {
      fake.contexts.length = 0;
      await (await startedWindow()).open();
      return fake.contexts;
    };
    assert.deepEqual(await states(), [['chainUpgrade.go', undefined]]);
    process.env['PATH'] = tempDir();
    assert.deepEqual(await states(), [['chainUpgrade.go', 'missing']]);
    fake.isTrusted = false;
    assert.deepEqual(await states(), []);
    assert.equal(fake.executed.length, 3);
  });

  describe('copies the example', () => {
    const shown: Uri[] = [];
    /** The buttons to press, one in each notification, and what is done before. */
    const press: (() => string)[] = [];
    /** The actions that buttons started. */
    const runs: Promise<void>[] = [];
    let tools: Tools;
    const copied = async (into: string | undefined) => {
      shown.length = 0;
      said.length = 0;
      const walkthrough = await startedWindow();
      tools = {
        walkthrough,
        log: fake.log,
        run: (run: () => Promise<void>) => {
          runs.push(run());
          return runs.at(-1);
        },
      } as never;
      const say = async (text: string, ...buttons: string[]) => {
        said.push({ text, buttons });
        const pressed = press.shift()?.();
        assert.ok(pressed === undefined || buttons.includes(pressed), pressed);
        return pressed;
      };
      const { editor } = await import('../support/editor-stub.ts');
      Object.assign(editor['window'] as object, { showErrorMessage: say, showWarningMessage: say });
      const { openExample } = await import('../../extension/walkthrough/open-example.ts');
      return openExample(tools, {
        pickFolder: async () => (into === undefined ? undefined : (new FakeUri(into) as never)),
        open: async folder => {
          shown.push(folder);
        },
      });
    };

    it('as a chain with a release, opens it, and has its window go on', async () => {
      const into = join(tempDir(), 'my chains');
      mkdirSync(into);
      const folder = await copied(into);
      assert.equal(folder?.fsPath, join(into, 'example-chain'));
      assert.deepEqual(
        shown.map(({ fsPath }) => fsPath),
        [join(into, 'example-chain')],
      );
      assert.equal(git(join(into, 'example-chain'), 'tag'), 'v2.0.0');
      const { release, next } = bundledExample();
      assert.deepEqual(
        git(join(into, 'example-chain'), 'ls-files').split('\n').sort(),
        Object.keys({ ...release, ...next }).sort(),
      );
      fake.open(join(into, 'example-chain'), {});
      assert.deepEqual(await greeted(), [opened('lint')]);
      assert.deepEqual(said, []);
    });

    it('nowhere where none is picked', async () => {
      assert.equal(await copied(undefined), undefined);
      assert.deepEqual([shown, said], [[], []]);
    });

    it('over nothing: it says so, and asks for another folder', async () => {
      const into = tempDir({ 'example-chain/mine.go': 'package mine\n' });
      assert.equal(await copied(into), undefined);
      assert.deepEqual(said, [
        {
          text: `Chain Upgrade: ${join(into, 'example-chain')} exists and is not empty, and nothing in it is overwritten: open it, or pick another folder.`,
          buttons: ['Try Again', 'Pick Another Folder'],
        },
      ]);
      assert.deepEqual(shown, []);
      assert.deepEqual(readdirSync(join(into, 'example-chain')), ['mine.go']);
    });

    it('where it is tried again, once what was in the way is gone', async () => {
      const into = tempDir({ 'example-chain/mine.go': 'package mine\n' });
      press.push(() => {
        rmSync(join(into, 'example-chain'), { recursive: true });
        return 'Try Again';
      });
      assert.equal(await copied(into), undefined);
      await Promise.all(runs);
      assert.equal(said.length, 1);
      assert.equal(git(join(into, 'example-chain'), 'tag'), 'v2.0.0');
      assert.equal(shown.length, 1);
    });

    it('says what went wrong within, and shows the log', async () => {
      fake.fails = file => (file.endsWith('example-chain.json') ? new Error('torn') : undefined);
      assert.equal(await copied(tempDir()), undefined);
      assert.deepEqual(said, [
        {
          text: 'Chain Upgrade: torn.',
          buttons: ['Try Again', 'Pick Another Folder', 'Show Log'],
        },
      ]);
      assert.equal(fake.errors.length, 1);
    });

    it('not in a workspace that is not trusted', async () => {
      fake.isTrusted = false;
      const into = tempDir();
      assert.equal(await copied(into), undefined);
      assert.deepEqual(said, [
        {
          text: 'Chain Upgrade: the example chain is made with git, which is not run in a workspace that is not trusted: trust it, or copy the chain in another window.',
          buttons: ['Manage Trust'],
        },
      ]);
      assert.equal(existsSync(join(into, 'example-chain')), false);
    });

    it('not without git, which it names', async () => {
      process.env['PATH'] = tempDir();
      const into = tempDir();
      assert.equal(await copied(into), undefined);
      assert.match(said[0]!.text, /and git is not installed: install git \(https:/);
      assert.deepEqual(readdirSync(into), []);
    });
  });
});
