import assert from 'node:assert/strict';
import type { ClientCapabilities } from 'vscode-languageserver/node.js';
import { capabilitiesFor, featuresOf, writesPlans } from '../../../cli/lsp/client.ts';
import type { EditorSettings } from '../../../cli/lsp/settings.ts';
import { noSettings, readSettings } from '../../../cli/lsp/settings.ts';

/** A row of the matrix: what an editor says of itself, and what it is offered for that. */
interface Editor {
  readonly says: ClientCapabilities;
  readonly repairs: boolean;
  readonly plans: boolean;
  readonly ownWatcher: boolean;
  readonly folders: boolean;
}

const literals = { codeActionLiteralSupport: { codeActionKind: { valueSet: ['quickfix'] } } };
const everything = { documentChanges: true, resourceOperations: ['create', 'rename', 'delete'] };
const usual = {
  applyEdit: true,
  configuration: true,
  workspaceFolders: true,
  didChangeWatchedFiles: { dynamicRegistration: true },
};

/** What editors say of themselves, as far as the server asks; from their own first messages. */
const editors: Readonly<Record<string, Editor>> = {
  'Neovim 0.11 on Linux': {
    says: {
      workspace: {
        applyEdit: true,
        configuration: true,
        workspaceFolders: true,
        workspaceEdit: { resourceOperations: ['rename', 'create', 'delete'] },
        didChangeConfiguration: { dynamicRegistration: false },
        didChangeWatchedFiles: { dynamicRegistration: false, relativePatternSupport: true },
      },
      textDocument: { codeAction: { isPreferredSupport: true, ...literals } },
      general: { positionEncodings: ['utf-8', 'utf-16', 'utf-32'] },
    } as ClientCapabilities,
    repairs: true,
    plans: true,
    ownWatcher: true,
    folders: true,
  },
  'Emacs 29.1 with eglot': {
    says: {
      workspace: { ...usual, workspaceEdit: { documentChanges: true } },
      textDocument: { codeAction: literals },
      general: { positionEncodings: ['utf-32', 'utf-8', 'utf-16'] },
    } as ClientCapabilities,
    repairs: true,
    plans: false,
    ownWatcher: false,
    folders: true,
  },
  Helix: {
    says: {
      workspace: { ...usual, workspaceEdit: everything },
      textDocument: { codeAction: literals },
      general: { positionEncodings: ['utf-8', 'utf-32', 'utf-16'] },
    } as ClientCapabilities,
    repairs: true,
    plans: true,
    ownWatcher: false,
    folders: true,
  },
  'VS Code 1.65': {
    says: {
      workspace: { ...usual, workspaceEdit: everything },
      textDocument: { codeAction: literals },
    } as ClientCapabilities,
    repairs: true,
    plans: true,
    ownWatcher: false,
    folders: true,
  },
  'an editor that makes files and takes no edit unasked': {
    says: { workspace: { workspaceEdit: everything } } as ClientCapabilities,
    repairs: false,
    plans: false,
    ownWatcher: true,
    folders: false,
  },
  'an editor that makes no files, and takes edits without versions': {
    says: {
      workspace: { applyEdit: true, workspaceEdit: { resourceOperations: ['delete'] } },
      textDocument: { codeAction: literals },
    } as ClientCapabilities,
    repairs: true,
    plans: false,
    ownWatcher: true,
    folders: false,
  },
  'an editor that says nothing': {
    says: {},
    repairs: false,
    plans: false,
    ownWatcher: true,
    folders: false,
  },
};

describe('what the language server offers', () => {
  for (const [name, { says, repairs, plans, ownWatcher, folders }] of Object.entries(editors)) {
    it(`to ${name}`, () => {
      const features = featuresOf(says);
      const offered = capabilitiesFor(features);
      assert.equal(offered.positionEncoding, 'utf-16');
      assert.equal(offered.codeActionProvider !== undefined, repairs);
      assert.equal(writesPlans(features), plans);
      assert.deepEqual(offered.executeCommandProvider?.commands, [
        ...(plans ? ['chainUpgrade.newUpgrade', 'chainUpgrade.newMigration'] : []),
        'chainUpgrade.lint',
      ]);
      assert.equal(!features.watchesFiles, ownWatcher);
      assert.equal(offered.workspace?.workspaceFolders?.supported === true, folders);
    });
  }
});

describe('settings of an editor', () => {
  const cases: Record<string, [sent: unknown, read: EditorSettings]> = {
    nothing: [undefined, noSettings],
    null: [null, noSettings],
    'under their name': [
      { chainUpgrade: { base: 'v1', lint: false } },
      { config: { base: 'v1' }, lint: false },
    ],
    'as they are': [
      { rules: { 'stale-added': 'off' }, base: '', exclude: null },
      { config: { rules: { 'stale-added': 'off' } }, lint: true },
    ],
    'a rule that is not there': [
      { rules: { nothing: 'off' }, base: 'v1' },
      {
        ...noSettings,
        error:
          'settings of chainUpgrade: there is no rule nothing; chain-upgrade lint --list shows them',
      },
    ],
    'another type': [
      { lint: 'no' },
      { ...noSettings, error: 'settings of chainUpgrade: "lint" has to be true or false' },
    ],
    'another name': [
      { colour: 'red' },
      {
        ...noSettings,
        error:
          'settings of chainUpgrade: unknown setting "colour"; the settings are base, rules, exclude and networks',
      },
    ],
  };
  for (const [name, [sent, read]] of Object.entries(cases))
    it(name, () => assert.deepEqual(readSettings(sent), read));
});
