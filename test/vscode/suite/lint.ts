import assert from 'node:assert/strict';
import type { CodeAction, Diagnostic } from 'vscode';
import {
  commands,
  DiagnosticSeverity,
  languages,
  Range,
  Selection,
  TextEditorRevealType,
  tasks,
  window,
  workspace,
} from 'vscode';
import { closeAll, file, onDisk, putOnDisk, typeOver, undoIn } from './support/editor.ts';
import { shot } from './support/host.ts';
import { showHover } from './support/hover.ts';
import { clearMessages, message } from './support/messages.ts';
import { until } from './support/until.ts';

const app = () => file('app/app.go');
const found = (rule = 'duplicate-upgrade') =>
  languages.getDiagnostics(app()).find(d => d.source === 'chain-upgrade' && codeOf(d) === rule);
const gone = () => until('the squiggle to go', () => !found());

function codeOf({ code }: Diagnostic): unknown {
  return typeof code === 'object' ? code.value : code;
}

describe('linting in the editor', () => {
  afterEach(async () => {
    await closeAll();
    await clearMessages();
  });

  const mistake = async () => {
    await window.showTextDocument(app());
    await typeOver(app(), 'v3.Upgrade', 'v3.Upgrade, v3.Upgrade');
    return until('the squiggle', () => found());
  };

  it('a mistake brings a squiggle while it is typed, with a link to its page and the other place (pictured)', async () => {
    const diagnostic = await mistake();
    const document = await workspace.openTextDocument(app());
    assert.equal(document.isDirty, true);
    assert.equal(diagnostic.severity, DiagnosticSeverity.Error);
    assert.match(
      diagnostic.message,
      /^"v3" is registered twice\nthe handler that is set last silently replaces the other$/,
    );
    assert.equal(document.getText(diagnostic.range), 'v3.Upgrade');
    assert.equal(diagnostic.relatedInformation?.[0]?.location.uri.toString(), app().toString());
    assert.ok(
      typeof diagnostic.code === 'object' &&
        /docs\/rules\/duplicate-upgrade\.md$/.test(diagnostic.code.target.path),
    );
    assert.match(
      (await workspace.openTextDocument(diagnostic.code.target)).getText(),
      /^# duplicate-upgrade\n/,
    );
    // The side bars leave it no room.
    await commands.executeCommand('workbench.action.closeAuxiliaryBar');
    const editor = window.activeTextEditor!;
    editor.revealRange(diagnostic.range, TextEditorRevealType.InCenter);
    editor.selection = new Selection(diagnostic.range.start, diagnostic.range.start);
    await commands.executeCommand('workbench.action.focusActiveEditorGroup');
    await showHover('"v3" is registered twice', 'Quick Fix...');
    await shot('lint', '.part.editor');
  });

  it('the quick fix repairs it, and undo brings it back', async () => {
    const diagnostic = await mistake();
    const actions = await commands.executeCommand<CodeAction[]>(
      'vscode.executeCodeActionProvider',
      app(),
      diagnostic.range,
    );
    const fix = actions.find(a => a.title === 'Take the second one out');
    assert.equal(fix?.isPreferred, true);
    const before = (await workspace.openTextDocument(app())).getText();
    await workspace.applyEdit(fix!.edit!);
    await gone();
    assert.equal(
      (await workspace.openTextDocument(app())).getText(),
      before.replace('v3.Upgrade, v3.Upgrade', 'v3.Upgrade'),
    );
    await undoIn(app());
    await until('the squiggle', () => found());
  });

  it('everything of a file is repaired at once', async () => {
    await mistake();
    const document = await workspace.openTextDocument(app());
    const whole = new Range(0, 0, document.lineCount, 0);
    const actions = await commands.executeCommand<CodeAction[]>(
      'vscode.executeCodeActionProvider',
      app(),
      whole,
      'source.fixAll.chainUpgrade',
    );
    assert.equal(actions.length, 1);
    await workspace.applyEdit(actions[0]!.edit!);
    await gone();
  });

  it('closing without saving clears it', async () => {
    await mistake();
    await closeAll();
    await gone();
  });

  it('a change from outside counts too', async () => {
    const before = (await onDisk(app()))!;
    try {
      await putOnDisk(app(), before.replace('v3.Upgrade', 'v3.Upgrade, v3.Upgrade'));
      await until('the squiggle', () => found());
    } finally {
      await putOnDisk(app(), before);
    }
    await gone();
  });

  it('settings change severities', async () => {
    const settings = workspace.getConfiguration('chainUpgrade');
    await mistake();
    try {
      await settings.update('rules', { 'duplicate-upgrade': 'info' });
      await until('the new severity', () => found()?.severity === DiagnosticSeverity.Information);
      await settings.update('rules', { 'duplicate-upgrade': 'off' });
      await gone();
    } finally {
      await settings.update('rules', undefined);
    }
    await until('the squiggle', () => found());
  });

  it('is a task too, which ends with 1 where there is an error', async () => {
    const offered = await tasks.fetchTasks({ type: 'chain-upgrade' });
    const [task] = offered;
    assert.deepEqual(
      offered.map(t => [t.source, t.name, t.problemMatchers]),
      [['chain-upgrade', 'lint', ['$chain-upgrade']]],
    );
    const status = async () => {
      const ended = new Promise<number | undefined>(done => {
        const listening = tasks.onDidEndTaskProcess(event => {
          if (event.execution.task.definition.type !== 'chain-upgrade') return;
          listening.dispose();
          done(event.exitCode);
        });
      });
      await tasks.executeTask(task!);
      return ended;
    };
    const settings = workspace.getConfiguration('task');
    await settings.update('saveBeforeRun', 'never');
    try {
      assert.equal(await status(), 0);
      await mistake();
      assert.equal(await status(), 1);
    } finally {
      await settings.update('saveBeforeRun', undefined);
      await commands.executeCommand('workbench.action.closePanel');
    }
  });

  it('the command tells how much there is', async () => {
    await mistake();
    await commands.executeCommand('chainUpgrade.lint');
    assert.match(await message('Chain Upgrade:'), /^Chain Upgrade: 1 error and \d+ warnings?\.$/);
  });
});
