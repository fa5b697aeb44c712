import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { chainTexts } from '../support/chains.ts';
import { editor, standInForEditor } from '../support/editor-stub.ts';
import { FakeEditor, FakeUri } from '../support/fake-editor.ts';
import { fakeGo } from '../support/fake-go.ts';
import { fakeMemory } from '../support/fake-memory.ts';
import { chainToRehearse } from '../support/rehearsed.ts';
import { projectRoot } from '../support/root.ts';
import { tempDir } from '../support/temp.ts';

describe('a rehearsal that is started in the editor', function () {
  this.timeout(60_000);
  const path = process.env['PATH'];
  before(standInForEditor);
  afterEach(() => {
    process.env['PATH'] = path;
  });

  /** Starts it on a chain with a pending upgrade, takes nothing that is offered, and ends. */
  async function rehearsed(): Promise<{ fake: FakeEditor; asked: string[]; site: unknown[] }> {
    const fake = new FakeEditor();
    fake.open(chainToRehearse(), chainTexts('list'));
    fake.isTrusted = true;
    fake.use();
    fake.bytes(`${projectRoot}/dist/wasm`);
    const asked: string[] = [];
    const site: unknown[] = [];
    const window = editor['window'] as { createQuickPick: () => object };
    const { createQuickPick } = window;
    window.createQuickPick = () => {
      const pick = createQuickPick() as { items: { label: string }[] };
      const show = Reflect.get(pick, 'show') as () => void;
      return Object.assign(pick, {
        show: () => {
          asked.push(...pick.items.map(({ label }) => label));
          Object.assign(pick, { activeItems: [pick.items[1]] });
          show();
        },
      });
    };
    Object.assign(window, {
      showWarningMessage: async (text: string, ...buttons: string[]) => {
        fake.said.push(text);
        return buttons[0];
      },
    });
    Object.assign(editor, {
      env: { openExternal: (uri: unknown) => site.push(uri) },
      Uri: Object.assign(FakeUri, { parse: (text: string) => text }),
    });
    const { activate, deactivate } = await import('../../extension/main.ts');
    await activate({
      subscriptions: [],
      extensionUri: new FakeUri(projectRoot),
      extension: { packageJSON: { version: '0.0.0' } },
      globalState: fakeMemory(),
    } as never);
    await fake.commands.get('chainUpgrade.rehearse')!();
    await deactivate();
    return { fake, asked, site };
  }

  it('says that there is no Go, and where it is had, before anything is asked', async () => {
    const only = tempDir();
    symlinkSync(
      execFileSync('sh', ['-c', 'command -v git'], { encoding: 'utf8' }).trim(),
      join(only, 'git'),
    );
    process.env['PATH'] = only;
    const { fake, asked, site } = await rehearsed();
    assert.deepEqual(fake.said, [
      'Chain Upgrade: a rehearsal builds the chain with Go, and there is no Go on the PATH: install it, and start VS Code again.',
    ]);
    assert.deepEqual([asked, site, fake.errors], [[], ['https://go.dev/dl/'], []]);
  });

  it('says what would be run and fetched, and asks', async () => {
    process.env['PATH'] = fakeGo().env.PATH;
    const { fake, asked } = await rehearsed();
    const text = asked.join(' ').replace(/\$\(\w+\) /g, '');
    assert.match(text, /^Build and run Cancel What is run Plan v3, from v2\.0\.0 /);
    assert.match(text, /Runs git and Go \(go1\.26\.0\) for that\./);
    assert.match(text, /Which Go modules are missing on this machine is not known\./);
    // Each is said once.
    for (const once of ['harbord there', 'Go fetches', 'Nothing is written', 'Plan v3'])
      assert.ok(text.split(once).length <= 2, text);
    assert.match(text, /Nothing is written into the repository\.$/);
    assert.deepEqual([fake.said, fake.errors], [[], []]);
  });
});
