import assert from 'node:assert/strict';
import { createRequire, syncBuiltinESMExports } from 'node:module';
import { chainTexts } from '../support/chains.ts';
import { standInForEditor } from '../support/editor-stub.ts';
import { FakeEditor, FakeUri } from '../support/fake-editor.ts';
import { fakeMemory } from '../support/fake-memory.ts';
import { chainToRehearse } from '../support/rehearsed.ts';
import { projectRoot } from '../support/root.ts';

const processes = createRequire(import.meta.url)('node:child_process') as Record<string, unknown>;

/** Runs something, and gives the programs that were started meanwhile. */
async function startedBy(run: () => Promise<void>): Promise<string[]> {
  const started: string[] = [];
  const real = { ...processes };
  for (const name of ['spawn', 'spawnSync', 'exec', 'execSync', 'execFile', 'execFileSync', 'fork'])
    processes[name] = (...given: unknown[]) => {
      started.push(String(given[0]));
      return (real[name] as (...all: unknown[]) => unknown)(...given);
    };
  syncBuiltinESMExports();
  try {
    await run();
  } finally {
    Object.assign(processes, real);
    syncBuiltinESMExports();
  }
  return started;
}

describe('an extension in a workspace that is not trusted', function () {
  this.timeout(60_000);
  before(standInForEditor);

  /** Starts the extension on a chain with a release, and runs every command. */
  async function used(isTrusted: boolean): Promise<{ started: string[]; errors: unknown[] }> {
    const fake = new FakeEditor();
    const dir = chainToRehearse();
    fake.open(dir, chainTexts('list'));
    fake.isTrusted = isTrusted;
    fake.use();
    const wasm = `${projectRoot}/dist/wasm`;
    fake.bytes(wasm);
    const { activate, deactivate } = await import('../../extension/main.ts');
    const { commandTable } = await import('../../extension/commands.ts');
    const started = await startedBy(async () => {
      await activate({
        subscriptions: [],
        extensionUri: new FakeUri(projectRoot),
        extension: { packageJSON: { version: '0.0.0' } },
        globalState: fakeMemory(),
      } as never);
      const ids = isTrusted ? ['chainUpgrade.lint'] : Object.keys(commandTable);
      for (const id of ids) await fake.commands.get(id)!();
      await deactivate();
    });
    return { started, errors: fake.errors };
  }

  it('starts no program, whatever command is run', async () => {
    assert.deepEqual(await used(false), { started: [], errors: [] });
  });

  it('a trusted one runs git, so the spy would have seen one', async () => {
    assert.ok((await used(true)).started.includes('git'));
  });
});
