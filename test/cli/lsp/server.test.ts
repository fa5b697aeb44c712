import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type {
  CodeAction,
  CodeLens,
  DocumentLink,
  Hover,
  TextDocumentEdit,
  TextEdit,
  WorkspaceEdit,
} from 'vscode-languageserver/node.js';
import { TextDocument } from 'vscode-languageserver-textdocument';
import { type LspClient, modernClient, startEditor, uriOf } from '../../support/lsp-client.ts';
import { mistakenChain } from '../../support/mistaken-chain.ts';
import { tempDir } from '../../support/temp.ts';

describe('chain-upgrade lsp', function () {
  this.timeout(60_000);
  const { dir } = mistakenChain();
  const keys = join(dir, 'app/keys.go');
  const whole = { start: { line: 0, character: 0 }, end: { line: 999, character: 0 } };
  const open: LspClient[] = [];
  const start = async (options: Parameters<typeof startEditor>[0]) => {
    const editor = await startEditor(options);
    open.push(editor.client);
    return editor;
  };
  afterEach(async () => {
    for (const client of open.splice(0)) await client.end();
  });
  const compared = (client: LspClient) =>
    client.until(() => client.log.some(line => line === 'compared with v1.0.0'), 'a release');

  it('reports in files that are not open, with code, page and related places', async () => {
    const { client, started } = await start({ folders: [dir] });
    assert.equal(started.serverInfo?.name, 'chain-upgrade');
    await client.until(() => client.in(keys).length > 0, 'a finding');
    const [finding] = client.in(keys);
    assert.equal(finding?.source, 'chain-upgrade');
    assert.equal(finding.code, 'store-not-added');
    assert.equal(finding.severity, 1);
    assert.match(finding.message, /^the store "ledger" is mounted .*\nat the upgrade height/);
    assert.deepEqual(finding.range, {
      start: { line: 11, character: 100 },
      end: { line: 11, character: 108 },
    });
    const page = new URL(finding.codeDescription!.href);
    assert.match(readFileSync(page, 'utf8'), /store-not-added/);
    assert.match(finding.relatedInformation![0]!.location.uri, /app\/upgrades.*\.go$/);
    assert.deepEqual(
      client.progress.map(one => (one as { value: { kind: string } }).value.kind),
      ['begin', 'end'],
    );
  });

  it('follows what is typed, and what is stored once the document is closed', async () => {
    const { client } = await start({ folders: [dir] });
    await client.until(() => client.in(keys).length > 0, 'a finding');
    const text = readFileSync(keys, 'utf8');
    await client.type(keys, text);
    const at = TextDocument.create('', 'go', 0, text);
    const offset = text.indexOf(', "ledger"');
    const range = { start: at.positionAt(offset), end: at.positionAt(offset + 10) };
    await client.edit(keys, range, '');
    await client.until(() => client.in(keys).length === 0, 'that all is well');
    assert.equal(client.sent.at(-1)?.version, 2);
    await client.connection.sendNotification('textDocument/didClose', {
      textDocument: { uri: uriOf(keys) },
    });
    await client.until(() => client.in(keys).length > 0, 'the finding again');
  });

  it('offers the repair of a finding, and all of a file', async () => {
    const { client } = await start({ folders: [dir] });
    await compared(client);
    await client.until(() => client.in(keys).length > 0, 'a finding');
    const [diagnostic] = client.in(keys);
    const at = { textDocument: { uri: uriOf(keys) }, range: diagnostic!.range };
    const [action] = await client.ask<CodeAction[]>('textDocument/codeAction', {
      ...at,
      context: { diagnostics: [diagnostic] },
    });
    assert.match(action!.title, /^Add the store "ledger" to the upgrade "v\d"$/);
    assert.equal(action!.isPreferred, true);
    assert.deepEqual(action!.diagnostics, [diagnostic]);
    assert.match(applied(action!.edit!).values().next().value!, /Added: .*"ledger"/s);
    const all = await client.ask<CodeAction[]>('textDocument/codeAction', {
      ...at,
      range: whole,
      context: { diagnostics: [], only: ['source.fixAll'] },
    });
    assert.deepEqual(
      all.map(({ kind }) => kind),
      ['source.fixAll.chainUpgrade'],
    );
    assert.deepEqual(applied(all[0]!.edit!), applied(action!.edit!));
  });

  it('shows lenses, hovers and links', async () => {
    const { client } = await start({ folders: [dir] });
    await compared(client);
    await client.until(() => client.in(keys).length > 0, 'a finding');
    const hover = await client.ask<Hover>('textDocument/hover', {
      textDocument: { uri: uriOf(keys) },
      position: { line: 11, character: 103 },
    });
    const { kind, value } = hover.contents as { kind: string; value: string };
    assert.equal(kind, 'markdown');
    assert.match(
      value,
      /^\*\*store "ledger"\*\*\n\n\* mounted in app\/keys\.go:12\n\* not in v1\.0\.0\n\* a new chain starts with it; /,
    );
    const module = join(dir, 'x/counter/module.go');
    const lenses = await client.ask<CodeLens[]>('textDocument/codeLens', {
      textDocument: { uri: uriOf(module) },
    });
    assert.deepEqual(
      lenses.map(({ command }) => command!.title),
      ['version 1 (1 in v1.0.0) · 0 migrations', 'new migration'],
    );
    writeFileSync(join(dir, '.chain-upgrade.json'), '{ "rules": { "stale-added": "info" } }\n');
    const config = join(dir, '.chain-upgrade.json');
    await client.connection.sendNotification('workspace/didChangeWatchedFiles', {
      changes: [{ uri: uriOf(config), type: 1 }],
    });
    await client.until(() => client.registered.length === 2, 'what it watches');
    await client.type(config, readFileSync(config, 'utf8'));
    const links = await client.ask<DocumentLink[]>('textDocument/documentLink', {
      textDocument: { uri: uriOf(config) },
    });
    assert.deepEqual(links[0]?.range.start, { line: 0, character: 14 });
    assert.match(links[0].target!, /docs\/rules\/stale-added\.md$/);
  });

  it('takes severities and exclusions from the editor, and says what is wrong with them', async () => {
    const { client } = await start({
      folders: [dir],
      settings: { rules: { 'store-not-added': 'info' } },
    });
    await client.until(() => client.in(keys).length > 0, 'a finding');
    await compared(client);
    await client.until(() => client.in(keys)[0]?.severity === 3, 'that it is information');
    client.settings = { exclude: ['app/**'] };
    await client.connection.sendNotification('workspace/didChangeConfiguration', {
      settings: null,
    });
    await client.until(() => client.in(keys).length === 0, 'that the file is left out');
    client.settings = { rules: { nonsense: 'off' } };
    await client.connection.sendNotification('workspace/didChangeConfiguration', {
      settings: null,
    });
    await client.until(() => client.messages.length > 0, 'what is wrong');
    assert.match(
      client.messages[0]!,
      /^chain-upgrade: settings of chainUpgrade: there is no rule nonsense/,
    );
  });

  it('reads several folders, and lets go of one that is closed', async () => {
    const other = mistakenChain();
    const { client } = await start({ folders: [dir, other.dir, tempDir({ 'a.txt': '' })] });
    const others = join(other.dir, 'app/keys.go');
    await client.until(() => client.in(keys).length + client.in(others).length > 1, 'both');
    assert.ok(client.log.some(line => /nothing is linted in .*no go\.mod/.test(line)));
    await client.connection.sendNotification('workspace/didChangeWorkspaceFolders', {
      event: { added: [], removed: [{ uri: uriOf(other.dir), name: 'other' }] },
    });
    await client.until(() => client.in(others).length === 0, 'that the folder is gone');
    assert.equal(client.in(keys).length, 1);
  });

  it('watches files itself where the editor does not', async () => {
    const own = mistakenChain();
    const file = join(own.dir, 'app/keys.go');
    const { didChangeWatchedFiles: _, ...workspace } = modernClient.workspace!;
    const capabilities = { ...modernClient, workspace };
    const { client } = await start({ folders: [own.dir], capabilities });
    await client.until(() => client.in(file).length > 0, 'a finding');
    await compared(client);
    writeFileSync(file, readFileSync(file, 'utf8').replace(', "ledger"', ''));
    await client.until(() => client.in(file).length === 0, 'that all is well');
  });

  it('takes the folder of a file where the editor has none open', async () => {
    const { client } = await start({});
    await client.type(keys, readFileSync(keys, 'utf8'));
    await client.until(() => client.in(keys).length > 0, 'a finding');
  });

  it('ends with 0 after shutdown, else with 1, and with the process of its editor', async () => {
    const { client } = await startEditor({ folders: [dir] });
    assert.equal(await client.end(), 0);

    const { client: rude } = await startEditor({ folders: [dir] });
    const status = once(rude.process, 'exit');
    await rude.connection.sendNotification('exit');
    assert.deepEqual((await status)[0], 1);

    const { client: cut } = await startEditor({ folders: [dir] });
    const cutOff = once(cut.process, 'exit');
    cut.process.stdin!.end();
    assert.deepEqual((await cutOff)[0], 1);

    const parent = spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)']);
    const { client: orphan } = await startEditor({ initialize: { processId: parent.pid! } });
    const ended = once(orphan.process, 'exit');
    parent.kill('SIGKILL');
    await ended;
  });
});

/** The texts that an edit makes of the files on disk. */
function applied(edit: WorkspaceEdit): Map<string, string> {
  const changes = edit.documentChanges as TextDocumentEdit[];
  return new Map(
    changes.map(({ textDocument: { uri }, edits }) => {
      const text = readFileSync(new URL(uri), 'utf8');
      return [
        uri,
        TextDocument.applyEdits(TextDocument.create(uri, 'go', 0, text), edits as TextEdit[]),
      ];
    }),
  );
}
