import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type {
  ClientCapabilities,
  CodeAction,
  CreateFile,
  TextDocumentEdit,
} from 'vscode-languageserver/node.js';
import { cliHere } from '../../support/cli.ts';
import type { LspClient } from '../../support/lsp-client.ts';
import { modernClient, startEditor, uriOf } from '../../support/lsp-client.ts';
import { mistakenChain } from '../../support/mistaken-chain.ts';
import { treeOf } from '../../support/temp.ts';

describe('plans in an editor', function () {
  this.timeout(90_000);
  const { dir } = mistakenChain({ upgrade: false });
  const keys = join(dir, 'app/keys.go');
  const before = treeOf(dir);
  let client: LspClient;
  const start = async (capabilities?: ClientCapabilities) => {
    ({ client } = await startEditor({ folders: [dir], ...(capabilities && { capabilities }) }));
    await client.until(() => client.in(keys).length > 0, 'a finding');
  };
  const execute = (command: string, given?: object) =>
    client.ask<{ created: string[]; changed: string[]; notes: string[] }>(
      'workspace/executeCommand',
      {
        command,
        arguments: given === undefined ? [] : [given],
      },
    );
  const actions = () =>
    client.ask<CodeAction[]>('textDocument/codeAction', {
      textDocument: { uri: uriOf(keys) },
      range: client.in(keys)[0]!.range,
      context: { diagnostics: client.in(keys) },
    });
  afterEach(async () => {
    await client.end();
    assert.deepEqual(treeOf(dir), before);
  });

  it('a finding that wants an upgrade offers one, which makes its files', async () => {
    await start();
    const [action] = await actions();
    assert.match(action!.title, /^New Upgrade "v\d+"$/);
    assert.ok(!action!.isPreferred);
    const { command, arguments: given } = action!.command!;
    const written = await execute(command, given![0] as object);
    const changes = client.edits[0]!.edit.documentChanges as (CreateFile | TextDocumentEdit)[];
    const made = changes.filter((change): change is CreateFile => 'kind' in change);
    assert.deepEqual(
      made.map(({ uri }) => uri),
      written.created.map(file => uriOf(join(dir, file))),
    );
    assert.ok(made.every(({ options }) => options === undefined));
    assert.ok(!existsSync(join(dir, written.created[0]!)));
    assert.match(client.messages.at(-1)!, /^New Upgrade: app\//);
    // The first note stands in it: not every editor shows its log.
    const isLogged = (note: string) => client.log.includes(note);
    assert.ok(written.notes.length > 0 && written.notes.every(isLogged));
    const first = written.notes.find(note => !note.startsWith('compared with '));
    assert.equal(client.messages.at(-1)!.includes(`; ${first}`), first !== undefined);
  });

  it('the same bytes as on the command line', async () => {
    await start();
    const written = await execute('chainUpgrade.newUpgrade', { answers: { name: 'v9' } });
    const { stdout } = await cliHere(
      ['new', 'v9', '--dir', dir, '--yes', '--dry-run', '--format', 'json'],
      dir,
    );
    const plan = JSON.parse(stdout) as { creates: { file: string; text: string }[] };
    const changes = client.edits[0]!.edit.documentChanges as TextDocumentEdit[];
    const texts = plan.creates.map(({ file, text }) => [uriOf(join(dir, file)), text]);
    const whole = changes.filter(change => !('kind' in change) && isFirstLine(change));
    assert.deepEqual(
      written.created,
      plan.creates.map(({ file }) => file),
    );
    assert.deepEqual(
      whole
        .slice(0, texts.length)
        .map(({ textDocument, edits }) => [
          textDocument.uri,
          (edits[0] as { newText: string }).newText,
        ]),
      texts,
    );
  });

  it('New Migration', async () => {
    await start();
    const written = await execute('chainUpgrade.newMigration', { answers: { module: 'counter' } });
    assert.ok(written.changed.includes('x/counter/module.go'));
  });

  it('a refusal is one line, and nothing is written', async () => {
    await start();
    const refused = (given: object, why: RegExp) =>
      assert.rejects(execute('chainUpgrade.newUpgrade', given), why);
    await refused({ answers: { name: 'v2' } }, /v2 exists already in app/);
    await refused({ answers: { nme: 'v9' } }, /there is no answer "nme"; there are name, /);
    await refused({ answers: { name: 9 } }, /the answer name has to be a text/);
    await refused({ url: '' }, /unknown argument url; there are uri, app, answers/);
    await refused([], /the argument has to be \{ uri, app, answers \}/);
    client.applies = false;
    await refused({ answers: { name: 'v9' } }, /the editor did not make the changes/);
    assert.match(client.messages.at(-1)!, /^New Upgrade: the editor did not make/);
  });

  it('an editor that cannot make files is told of the command line', async () => {
    const workspaceEdit = { documentChanges: true };
    await start({ ...modernClient, workspace: { ...modernClient.workspace, workspaceEdit } });
    assert.match(client.in(keys)[0]!.message, /\nto write one: chain-upgrade new$/);
    assert.deepEqual(await actions(), []);
  });
});

/** Whether an edit puts something at the very top, as one of a new file does. */
function isFirstLine({ edits: [first] }: TextDocumentEdit): boolean {
  return first !== undefined && 'range' in first && first.range.end.line === 0;
}
