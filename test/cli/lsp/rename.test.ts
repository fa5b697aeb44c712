import assert from 'node:assert/strict';
import { readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import type {
  ClientCapabilities,
  InitializeResult,
  Range,
  RenameFile,
  TextDocumentEdit,
  WorkspaceEdit,
} from 'vscode-languageserver/node.js';
import { chainCopy, cliHere } from '../../support/cli.ts';
import { git, History } from '../../support/git.ts';
import type { LspClient } from '../../support/lsp-client.ts';
import { modernClient, startEditor, uriOf } from '../../support/lsp-client.ts';
import { treeOf, writeFiles } from '../../support/temp.ts';

const renaming: ClientCapabilities = {
  ...modernClient,
  textDocument: { ...modernClient.textDocument, rename: { prepareSupport: true } },
};

describe('rename of a plan in an editor', function () {
  this.timeout(90_000);
  let dir: string;
  let client: LspClient;
  let started: InitializeResult;
  const constants = () => join(dir, 'app/upgrades/v5/constants.go');
  const start = async (capabilities = renaming) => {
    ({ client, started } = await startEditor({ folders: [dir], capabilities }));
    await client.until(() => client.log.some(line => /compared with/.test(line)), 'the release');
  };
  const at = (text: string, word: string, file = constants()) => {
    const before = text.slice(0, text.indexOf(word) + 1).split('\n');
    return {
      textDocument: { uri: uriOf(file) },
      position: { line: before.length - 1, character: before.at(-1)!.length },
    };
  };
  const rename = (newName: string, word = '"v5"', file = constants()) =>
    client.ask<WorkspaceEdit>('textDocument/rename', {
      ...at(readFileSync(file, 'utf8'), word, file),
      newName,
    });

  before(async () => {
    dir = chainCopy('list');
    const history = new History(dir);
    history.commit('v1.0.0');
    const { status, stderr } = await cliHere(['new', 'v5', '--dir', dir, '--yes', '--test']);
    assert.equal(status, 0, stderr);
    history.commit();
  });
  afterEach(async () => {
    await client.end();
    assert.equal(git(dir, 'status', '--porcelain'), '');
  });

  it('offers the name where it is written out, and nothing else', async () => {
    await start();
    assert.deepEqual(started.capabilities.renameProvider, { prepareProvider: true });
    const text = readFileSync(constants(), 'utf8');
    const prepare = (word: string) =>
      client.ask<{ range: Range; placeholder: string } | null>(
        'textDocument/prepareRename',
        at(text, word),
      );
    const found = await prepare('"v5"');
    assert.equal(found!.placeholder, 'v5');
    const line = text.split('\n')[found!.range.start.line]!;
    assert.equal(line.slice(found!.range.start.character, found!.range.end.character), 'v5');
    assert.equal(await prepare('UpgradeName ='), null);
    assert.equal(await prepare('package'), null);
  });

  it('gives texts first and then the moves, all of which make a chain with the new name', async () => {
    await start();
    const { documentChanges } = await rename('v6');
    const changes = documentChanges as (TextDocumentEdit | RenameFile)[];
    const moves = changes.filter((one): one is RenameFile => 'kind' in one);
    assert.deepEqual(
      moves.map(({ kind, oldUri, newUri, options }) => [kind, oldUri, newUri, options]),
      [
        ['rename', 'upgrades.checks/v5.json', 'upgrades.checks/v6.json'],
        ['rename', 'app/upgrades/v5', 'app/upgrades/v6'],
      ].map(([kind, from, to]) => [
        kind,
        uriOf(join(dir, from!)),
        uriOf(join(dir, to!)),
        undefined,
      ]),
    );
    assert.ok(!('kind' in changes[0]!) && 'kind' in changes.at(-1)!);
    const texts = changes.filter((one): one is TextDocumentEdit => !('kind' in one));
    const files = texts.map(({ textDocument }) => textDocument.uri);
    assert.ok(files.includes(uriOf(constants())) && files.includes(uriOf(join(dir, 'app/app.go'))));
    assert.deepEqual(new Set(files).size, files.length);
  });

  it('takes what is typed', async () => {
    await start();
    const text = readFileSync(constants(), 'utf8').replace(
      '"v5"',
      '"v5"\n\n// it is v5\nconst own = 1',
    );
    await client.type(constants(), text);
    const { documentChanges } = await rename('v6');
    const own = (documentChanges as TextDocumentEdit[]).find(
      one => !('kind' in one) && one.textDocument.uri === uriOf(constants()),
    )!;
    assert.equal(own.textDocument.version, 1);
    assert.match(JSON.stringify(own.edits), /it is v6/);
  });

  it('is refused with one line, and nothing is made', async () => {
    await start();
    const before = treeOf(dir);
    await assert.rejects(rename('v2'), /v2 is registered already at app\/app\.go/);
    await assert.rejects(rename('v 6'), /plan name contains a space/);
    await assert.rejects(rename('v6', 'package'), /no name of an upgrade plan is written out here/);
    // The release has it.
    const old = join(dir, 'app/upgrades/v3/constants.go');
    await assert.rejects(rename('v6', '"v3"', old), /v3 is in v1\.0\.0 already: networks keep/);
    assert.deepEqual(treeOf(dir), before);
  });

  it('is refused where a lock says that the plan was applied', async () => {
    const lock = await cliHere(['lock', 'harbor-1', '--dir', dir, '--yes']);
    assert.equal(lock.status, 0, lock.stderr);
    const file = join(dir, 'upgrades.lock/harbor-1.json');
    const json = JSON.parse(readFileSync(file, 'utf8')) as { upgrades: object[] };
    json.upgrades.push({ name: 'v5', height: 7 });
    writeFiles(dir, { 'upgrades.lock/harbor-1.json': JSON.stringify(json) });
    git(dir, 'add', '-A');
    git(dir, 'commit', '--quiet', '-m', 'lock');
    try {
      ({ client } = await startEditor({ folders: [dir], capabilities: renaming }));
      await client.until(() => client.progress.length > 0, 'that it reads');
      await assert.rejects(rename('v6'), /v5 is in harbor-1 already/);
    } finally {
      git(dir, 'reset', '--quiet', '--hard', 'HEAD~1');
    }
  });

  it('is refused where the release has the plan, though a lock speaks of the app', async () => {
    const lock = await cliHere(['lock', 'harbor-1', '--dir', dir, '--yes']);
    assert.equal(lock.status, 0, lock.stderr);
    const file = join(dir, 'upgrades.lock/harbor-1.json');
    const json = JSON.parse(readFileSync(file, 'utf8')) as { upgrades: object[] };
    writeFiles(dir, { 'upgrades.lock/harbor-1.json': JSON.stringify({ ...json, upgrades: [] }) });
    git(dir, 'add', '-A');
    git(dir, 'commit', '--quiet', '-m', 'lock');
    try {
      ({ client } = await startEditor({ folders: [dir], capabilities: renaming }));
      await client.until(() => client.progress.length > 0, 'that it reads');
      const old = join(dir, 'app/upgrades/v3/constants.go');
      await assert.rejects(rename('v6', '"v3"', old), /v3 is in v1\.0\.0 already/);
    } finally {
      git(dir, 'reset', '--quiet', '--hard', 'HEAD~1');
    }
  });

  it('is refused where the release that the repository names is not there', async () => {
    writeFiles(dir, { '.chain-upgrade.json': '{ "base": "v0.0.9" }\n' });
    try {
      ({ client } = await startEditor({ folders: [dir], capabilities: renaming }));
      await client.until(() => client.progress.length > 0, 'that it reads');
      await assert.rejects(rename('v6'), /v0\.0\.9/);
    } finally {
      rmSync(join(dir, '.chain-upgrade.json'));
    }
  });

  it('is not offered to an editor that cannot move files', async () => {
    const workspaceEdit = { documentChanges: true, resourceOperations: ['create' as const] };
    await start({ ...renaming, workspace: { ...renaming.workspace, workspaceEdit } });
    assert.equal(started.capabilities.renameProvider, undefined);
  });

  it('is offered without a preparation where the editor makes none', async () => {
    await start(modernClient);
    assert.equal(started.capabilities.renameProvider, true);
    const { documentChanges } = await rename('v6');
    assert.ok(documentChanges!.length > 3);
  });

  it('never lets a folder take the place of another one', async () => {
    writeFiles(dir, { 'app/upgrades/v6/.keep': '' });
    git(dir, 'add', '-A');
    git(dir, 'commit', '--quiet', '-m', 'a folder');
    try {
      await start();
      await assert.rejects(rename('v6'), /app\/upgrades\/v6 exists already/);
    } finally {
      git(dir, 'reset', '--quiet', '--hard', 'HEAD~1');
    }
  });
});
