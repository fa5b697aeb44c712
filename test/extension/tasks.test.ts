import assert from 'node:assert/strict';
import type { Pseudoterminal, Uri, WorkspaceFolder } from 'vscode';
import type { FailedReading } from '../../extension/lint/failed-reading.ts';
import type { Linter } from '../../extension/lint/lint.ts';
import type { Repositories, Repository } from '../../extension/repositories.ts';
import { EventEmitter } from '../support/editor-events.ts';
import { editor, standInForEditor } from '../support/editor-stub.ts';
import { FakeUri } from '../support/fake-editor.ts';

const uri = (path: string) => new FakeUri(path) as unknown as Uri;
const folder = (path: string) => ({ uri: uri(path), name: path, index: 0 }) as WorkspaceFolder;

describe('the lint task of a folder', () => {
  before(standInForEditor);

  /** What the task of that folder prints where these chains are open. */
  async function printed(
    of: string,
    chains: readonly Repository[],
    failures: readonly FailedReading[] = [],
  ): Promise<{ lines: string[]; linted: string[]; status: unknown }> {
    interface Provider {
      resolveTask(task: { definition: object; scope: WorkspaceFolder }): {
        open: () => Promise<Pseudoterminal>;
      };
    }
    const linted: string[] = [];
    const lines: string[] = [];
    Object.assign(editor, {
      EventEmitter,
      CustomExecution: class {
        readonly open: unknown;
        constructor(open: unknown) {
          this.open = open;
        }
      },
      Task: class {
        readonly open: unknown;
        constructor(
          _: object,
          _scope: object,
          _name: string,
          _source: string,
          execution: { open: unknown },
        ) {
          this.open = execution.open;
        }
      },
      workspace: { isTrusted: true },
    });
    const linter = {
      lintNow: async () => ({ failures }),
      at: (root: Uri) => {
        linted.push(root.path);
        if (failures.length > 0) return undefined;
        return { repo: {}, problems: [], root };
      },
    };
    const { taskProvider } = await import('../../extension/lint/tasks.ts');
    const provider = taskProvider(
      { find: async () => chains } as unknown as Repositories,
      linter as unknown as Linter,
      run => run(),
    ) as unknown as Provider;
    const terminal = await provider
      .resolveTask({ definition: { type: 'chain-upgrade', task: 'lint' }, scope: folder(of) })
      .open();
    terminal.onDidWrite(text => lines.push(text.trim()));
    const closed = new Promise(resolve => terminal.onDidClose!(resolve));
    terminal.open(undefined);
    return { lines, linted, status: await closed };
  }

  it('is about the chain that it lies in, though another folder of it stands for it', async () => {
    const chains = [
      { folder: folder('/chain/x'), root: uri('/chain') },
      { folder: folder('/chain/app/sub'), root: uri('/chain/app/sub') },
    ];
    assert.deepEqual((await printed('/chain/app', chains)).linted, ['/chain']);
    assert.deepEqual((await printed('/chain/app/sub', chains)).linted, ['/chain/app/sub']);
    assert.deepEqual(await printed('/chained', chains), {
      lines: ['there is no Cosmos SDK app in this folder, so there is nothing to lint'],
      linted: [],
      status: 0,
    });
  });

  it('is offered for each chain of a workspace that is trusted, and for none of another', async () => {
    const chains = [{ folder: folder('/chain'), root: uri('/chain') }];
    for (const isTrusted of [true, false]) {
      Object.assign(editor, { workspace: { isTrusted }, Task: class {} });
      const { taskProvider } = await import('../../extension/lint/tasks.ts');
      const repositories = { find: async () => chains } as unknown as Repositories;
      const provider = taskProvider(repositories, {} as Linter, run => run());
      const offered = await provider.provideTasks({} as never);
      assert.equal(offered?.length, isTrusted ? 1 : 0);
    }
  });

  it('fails where the chain could not be read, and says why', async () => {
    const chains = [{ folder: folder('/chain'), root: uri('/chain') }];
    const failed = { name: 'chain', root: uri('/chain'), why: 'disk broken' };
    assert.deepEqual(await printed('/chain', chains, [failed]), {
      lines: ['chain could not be read: disk broken'],
      linted: ['/chain'],
      status: 2,
    });
  });
});
