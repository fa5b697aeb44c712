import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { createContext, runInContext } from 'node:vm';
import { anything, anythingBut } from '../support/any-editor.ts';
import { namesAsked } from '../support/editor-stub.ts';
import { fakeL10n } from '../support/fake-l10n.ts';
import { fakeMemory } from '../support/fake-memory.ts';
import { projectRoot } from '../support/root.ts';

describe('the extension where there is no Node', function () {
  this.timeout(30_000);
  it('starts, and says that a rehearsal needs a desktop', async () => {
    const said: string[] = [];
    const commands = new Map<string, () => Promise<void>>();
    const asked: string[] = [];
    const web = {
      setTimeout,
      clearTimeout,
      setInterval,
      clearInterval,
      TextEncoder,
      TextDecoder,
      URL,
      AbortController,
      AbortSignal,
      performance,
      console,
    };
    const say = (text: string) => {
      said.push(text);
      return Promise.resolve();
    };
    const known: Record<string, unknown> = {
      commands: {
        registerCommand: (id: string, run: () => Promise<void>) => commands.set(id, run),
      },
      window: anythingBut({ showWarningMessage: say, showErrorMessage: say }),
      workspace: anythingBut({ isTrusted: true, getConfiguration: () => ({ get: () => false }) }),
      EventEmitter: class {
        event = () => {};
        fire() {}
        dispose() {}
      },
      CancellationError: class extends Error {},
      l10n: fakeL10n(),
    };
    const vscode = Object.fromEntries(
      [...namesAsked()].map(name => [name, known[name] ?? anything()]),
    );
    const context = createContext(web);
    const loaded: string[] = [];
    const load = (name: string) => {
      loaded.push(name);
      const text = readFileSync(join(projectRoot, 'dist', name), 'utf8');
      const made = { exports: {} };
      const run = runInContext(`(function (module, exports, require) {${text}\n})`, context) as (
        ...given: unknown[]
      ) => void;
      run(made, made.exports, require);
      return made.exports;
    };
    const require = (name: string) => {
      if (name === 'vscode') return vscode;
      if (name === './engine.cjs') return load('engine.cjs');
      asked.push(name);
      throw new Error(`there is no ${name} in a browser`);
    };
    const main = load('extension.cjs') as { activate(context: object): Promise<void> };
    await main.activate({
      subscriptions: [],
      extensionUri: anything(),
      extension: { packageJSON: { version: '0.0.0' } },
      globalState: fakeMemory(),
    });
    assert.deepEqual([asked, said, loaded], [[], [], ['extension.cjs']]);
    assert.ok(commands.has('chainUpgrade.newUpgrade'));
    await commands.get('chainUpgrade.rehearse')!();
    assert.deepEqual(said, [
      'Chain Upgrade: a rehearsal builds and runs programs, and a browser cannot: open the repository on a desktop.',
    ]);
    assert.deepEqual([asked, loaded], [[], ['extension.cjs', 'engine.cjs']]);
  });
});
