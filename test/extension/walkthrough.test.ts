import assert from 'node:assert/strict';
import { existsSync, mkdirSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import type { LogOutputChannel, Memento, Uri } from 'vscode';
import type { Repository } from '../../extension/repositories.ts';
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
  let chains: Repository[];
  const path = process.env['PATH'];
  const said: { text: string; buttons: readonly string[] }[] = [];

  before(standInForEditor);
  beforeEach(() => {
    fake = new FakeEditor();
    fake.isTrusted = true;
    fake.files.set(`${projectRoot}/package.json`, '{}');
    fake.bytes(join(projectRoot, 'dist'));
    fake.ctime = Date.now() - 60_000;
    memory = fakeMemory();
    chains = [];
    process.env['PATH'] = fakeGo().env.PATH;
  });
  afterEach(() => {
    process.env['PATH'] = path;
  });

  /** A window of the editor as it is now, in which the extension starts. */
  async function startedWindow(extensionMode = 1): Promise<Walkthrough> {
    fake.use();
    const { Walkthrough: Made } = await import('../../extension/walkthrough/walkthrough.ts');
    return new Made(
      {
        extension: { id } as never,
        extensionMode,
        extensionUri: new FakeUri(projectRoot) as unknown as Uri,
        globalState: memory as never,
      },
      { find: async () => chains },
      fake.log as unknown as LogOutputChannel,
    );
  }

  /** What opens by itself in such a window. */
  async function greeted(extensionMode = 1): Promise<unknown[][]> {
    const before = fake.executed.length;
    await (await startedWindow(extensionMode)).greet();
    return fake.executed.slice(before);
  }

  describe('opens by itself', () => {
    it('in the first window after the installation, and in no other', async () => {
      assert.deepEqual(await greeted(), [opened()]);
      assert.deepEqual(await greeted(), []);
    });

    const never: Record<string, () => void> = {
      'over a chain': () => chains.push({} as Repository),
      'over open files': () => fake.tabGroups.push({ tabs: [{}] }),
      'in a window that nobody looks at': () => {
        fake.focused = false;
      },
      'long after the installation': () => {
        fake.ctime = Date.now() - 60 * 60_000;
      },
      'where the user wants none to open': () => {
        fake.settings['openOnInstall'] = false;
      },
    };
    for (const [where, arrange] of Object.entries(never))
      it(`never ${where}, nor later`, async () => {
        arrange();
        assert.deepEqual(await greeted(), []);
        chains = [];
        fake.tabGroups.length = 0;
        Object.assign(fake, { focused: true, ctime: Date.now() });
        fake.settings['openOnInstall'] = true;
        assert.deepEqual(await greeted(), []);
      });

    it('never while the extension is developed', async () => {
      assert.deepEqual(await greeted(2), []);
    });
  });

  it('is found again', async () => {
    await greeted();
    const walkthrough = await startedWindow();
    await walkthrough.open();
    assert.deepEqual(fake.executed.at(-1), opened());
  });

  it('goes on in the window that opens the copy, once', async () => {
    fake.open('/example-chain', {});
    chains.push({} as Repository);
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
    let tools: Tools;
    const copied = async (into: string | undefined) => {
      shown.length = 0;
      said.length = 0;
      const walkthrough = await startedWindow();
      tools = { walkthrough, log: fake.log, run: (run: () => Promise<void>) => run() } as never;
      const say = async (text: string, ...buttons: string[]) => {
        said.push({ text, buttons });
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
          text: `Chain Upgrade: ${join(into, 'example-chain')} is there already and not empty, and nothing in it is overwritten: open it, or pick another folder.`,
          buttons: ['Pick Another Folder'],
        },
      ]);
      assert.deepEqual(shown, []);
      assert.deepEqual(readdirSync(join(into, 'example-chain')), ['mine.go']);
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
