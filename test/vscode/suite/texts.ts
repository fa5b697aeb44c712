import assert from 'node:assert/strict';
import { mkdir, rm } from 'node:fs/promises';
import type {
  CodeAction,
  CodeLens,
  Diagnostic,
  Hover,
  Location,
  MarkdownString,
  Uri,
  WorkspaceEdit,
} from 'vscode';
import {
  commands,
  languages,
  Range,
  Selection,
  TextEditorRevealType,
  window,
  workspace,
} from 'vscode';
import { closeAll, file, onDisk, saveAll, typeOver } from './support/editor.ts';
import { click, press, read, shot } from './support/host.ts';
import { showHover } from './support/hover.ts';
import { clearMessages } from './support/messages.ts';
import { noStep, stepTitled } from './support/quick-input.ts';
import { release, releaseBeforeV3 } from './support/release.ts';
import { until } from './support/until.ts';

const app = () => file('app/app.go');
const keys = () => file('app/keepers/keys.go');
const module = () => file('x/berth/module.go');

describe('what the editor tells of places', () => {
  before(async () => {
    await releaseBeforeV3();
    await commands.executeCommand('chainUpgrade.lint');
    await clearMessages();
  });
  afterEach(async () => {
    await closeAll();
    await clearMessages();
  });
  after(() => rm(file('.git').fsPath, { recursive: true, force: true }));

  const lenses = async (uri = app()) => {
    await workspace.openTextDocument(uri);
    const found = await commands.executeCommand<CodeLens[]>(
      'vscode.executeCodeLensProvider',
      uri,
      100,
    );
    return found.flatMap(({ command }) =>
      /upgrade|handler|version|migration/.test(command?.title ?? '') ? command! : [],
    );
  };

  it('lines above upgrades, their stores and handlers say where these stand', async () => {
    const titles = async (path: string) => (await lenses(file(path))).map(({ title }) => title);
    assert.deepEqual(await titles('app/app.go'), [
      'upgrade "v2" · already in v2.0.0 · adds berths',
      'upgrade "v3" · pending · deletes tally',
    ]);
    assert.deepEqual(await titles('app/upgrades/v3/constants.go'), [
      'upgrade "v3" · pending · deletes tally',
    ]);
    assert.deepEqual(await titles('app/upgrades/v3/upgrades.go'), ['handler of "v3" (pending)']);
  });

  it('a line above a version starts its next migration', async () => {
    const found = await lenses(module());
    assert.deepEqual(
      found.map(({ title }) => title),
      ['version 2 (2 in v2.0.0) · 1 migration', 'new migration'],
    );
    await window.showTextDocument(module());
    const editor = window.activeTextEditor!;
    const line = editor.document
      .getText()
      .split('\n')
      .findIndex(t => t.includes('ConsensusVersion()'));
    editor.revealRange(new Range(line, 0, line, 0));
    await until('the line', async () =>
      (await read('.codelens-decoration')).some(text => text.includes('new migration')),
    );
    await shot('lenses');
    await click('.codelens-decoration a:has-text("new migration")');
    await stepTitled('New Migration: Body (2/4)');
    await press('Escape');
    await noStep();
  });

  it('lines follow what is typed, and a setting turns them off', async () => {
    await window.showTextDocument(app());
    await typeOver(file('app/upgrades/v3/constants.go'), '"tally"', '"tally", "toll"');
    assert.equal((await lenses())[1]?.title, 'upgrade "v3" · pending · deletes tally, toll');
    const settings = workspace.getConfiguration('chainUpgrade');
    await settings.update('codeLens', false);
    try {
      assert.deepEqual(await lenses(), []);
    } finally {
      await settings.update('codeLens', undefined);
    }
  });

  const hover = async (uri = app(), text: string) => {
    const document = await workspace.openTextDocument(uri);
    const at = document.positionAt(document.getText().indexOf(text) + 1);
    const found = await commands.executeCommand<Hover[]>('vscode.executeHoverProvider', uri, at);
    return found
      .flatMap(({ contents }) => contents.map(c => (c as MarkdownString).value))
      .join('\n');
  };

  it('hovers tell of stores, plans and versions', async () => {
    const store = await hover(keys(), 'berthtypes.StoreKey,');
    assert.match(store, /^\*\*store "berths"\*\*/);
    assert.match(store, /\* was mounted in v2\.0\.0\n\* added by "v2" \(already in v2\.0\.0\)/);
    const plan = await hover(app(), 'v3.Upgrade,');
    assert.match(plan, /^\*\*upgrade "v3"\*\*/);
    assert.match(plan, /the old binary halts, and the new one runs it/);
    assert.match(await hover(module(), '2 }'), /^\*\*module "berth", version 2\*\*/);
    assert.equal(await hover(app(), 'package app'), '');
  });

  it('definition and references lead from the name of a plan to its places', async () => {
    const constants = file('app/upgrades/v3/constants.go');
    const found = async (command: string, uri = app(), text: string) => {
      const document = await workspace.openTextDocument(uri);
      const at = document.positionAt(document.getText().indexOf(text) + 1);
      const places = await commands.executeCommand<Location[]>(`vscode.${command}`, uri, at);
      return places.map(place => workspace.asRelativePath(place.uri));
    };
    const definition = (uri: Uri, text: string) => found('executeDefinitionProvider', uri, text);
    // What is no name of a plan is left to the Go extension.
    assert.deepEqual(await definition(app(), 'v3.Upgrade,'), []);
    assert.deepEqual(await definition(constants, 'UpgradeName,'), ['app/upgrades/v3/constants.go']);
    assert.deepEqual(await definition(constants, '"v3"'), ['app/upgrades/v3/upgrades.go']);
    assert.deepEqual((await found('executeReferenceProvider', constants, '"v3"')).sort(), [
      'app/app.go',
      'app/app.go',
      'app/upgrades/v3/constants.go',
      'app/upgrades/v3/constants.go',
      'app/upgrades/v3/upgrades.go',
    ]);
  });

  it('a rename of a plan moves its folder and changes every file, and another one back', async () => {
    // As an undo leaves it: it stands in nobody's way.
    await mkdir(file('app/upgrades/v4/testdata').fsPath, { recursive: true });
    const before = await texts();
    await renamePlan(file('app/upgrades/v3/constants.go'), '"v3"', 'v4');
    const after = await texts();
    assert.equal(after.get('app/upgrades/v3/constants.go'), undefined);
    assert.match(after.get('app/upgrades/v4/constants.go')!, /^package v4$[\s\S]*"v4"/m);
    assert.match(after.get('app/app.go')!, /\tv4\.Upgrade,/);
    await renamePlan(file('app/upgrades/v4/constants.go'), '"v4"', 'v3');
    assert.deepEqual(await texts(), before);
  });

  it('a plan that the release has keeps its name', async () => {
    await assert.rejects(
      renamePlan(file('app/upgrades/v2/constants.go'), '"v2"', 'v5'),
      /v2 is in v2\.0\.0 already/,
    );
  });

  const texts = async () => {
    const found = await workspace.findFiles('**/*.go');
    const all = found.map(async uri => [workspace.asRelativePath(uri), await onDisk(uri)] as const);
    return new Map((await Promise.all(all)).sort(([a], [b]) => (a < b ? -1 : 1)));
  };

  const renamePlan = async (uri: Uri, text: string, to: string) => {
    const document = await workspace.openTextDocument(uri);
    const at = document.positionAt(document.getText().indexOf(text) + 1);
    const edit = await commands.executeCommand<WorkspaceEdit>(
      'vscode.executeDocumentRenameProvider',
      uri,
      at,
      to,
    );
    assert.ok(await workspace.applyEdit(edit));
    await saveAll();
  };

  it('a hover is shown beside the code', async () => {
    const editor = await window.showTextDocument(keys());
    const { document } = editor;
    const at = document.positionAt(document.getText().indexOf('berthtypes.StoreKey,') + 3);
    editor.selection = new Selection(at, at);
    editor.revealRange(editor.selection, TextEditorRevealType.InCenter);
    await commands.executeCommand('workbench.action.focusActiveEditorGroup');
    await showHover('added by "v2"');
    await shot('hover');
  });
});

describe('a finding that wants an upgrade', () => {
  const found = () =>
    languages
      .getDiagnostics(keys())
      .find(({ code }: Diagnostic) => typeof code === 'object' && code.value === 'store-not-added');

  before(async () => {
    await release('v3.0.0', app(), (await onDisk(app()))!);
    await commands.executeCommand('chainUpgrade.lint');
    await clearMessages();
  });
  after(async () => {
    await closeAll();
    await clearMessages();
    await rm(file('.git').fsPath, { recursive: true, force: true });
  });

  it('offers New Upgrade as its quick fix', async () => {
    await window.showTextDocument(keys());
    await typeOver(keys(), 'berthtypes.StoreKey,', 'berthtypes.StoreKey,\n\t\t"ledger",');
    const diagnostic = await until('the finding', found);
    const actions = await commands.executeCommand<CodeAction[]>(
      'vscode.executeCodeActionProvider',
      keys(),
      diagnostic.range,
    );
    const action = actions.find(({ title }) => title === 'New Upgrade "v4" …');
    assert.ok(action?.command, actions.map(({ title }) => title).join(', '));
    void commands.executeCommand(action.command.command, ...action.command.arguments!);
    await stepTitled('New Upgrade: Upgrade name (1/6)');
    await press('Enter');
    const stores = await stepTitled('New Upgrade: Added stores (2/6)');
    assert.ok(
      stores.rows.some(row => row.includes('ledger')),
      stores.rows.join('\n'),
    );
    await press('Escape');
    await noStep();
  });
});
