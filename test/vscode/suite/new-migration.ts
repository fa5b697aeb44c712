import assert from 'node:assert/strict';
import { commands, workspace } from 'vscode';
import { file, onDisk, saveAll, tabsNamed, undoIn } from './support/editor.ts';
import { press } from './support/host.ts';
import { leavingNothing } from './support/leaving-nothing.ts';
import { message } from './support/messages.ts';
import { noStep, stepTitled, takeOffered } from './support/quick-input.ts';
import { until } from './support/until.ts';

const first = 'New Migration: Module (1/4)';
const last = 'New Migration x/berth (4/4)';
const previews = () => tabsNamed('New Migration');

let ended: Promise<unknown>;
const start = () => {
  ended = Promise.resolve(commands.executeCommand('chainUpgrade.newMigration'));
};

describe('New Migration', () => {
  const changed = leavingNothing();

  it('asks for the module, shows what would be written, writes it; one undo takes it back', async () => {
    start();
    const { rows } = await stepTitled(first);
    assert.deepEqual(rows, ['berth · x/berth, version 2']);
    await press('Enter');
    await takeOffered(['New Migration: Body (2/4)', 'New Migration: Test (3/4)']);
    await stepTitled(last);
    await until('the preview', () => previews()[0]);
    assert.deepEqual(previews(), ['New Migration x/berth (3 files)']);
    assert.deepEqual(await changed(), [], 'written before it was agreed to');

    await press('Enter');
    await ended;
    assert.equal(
      await message('New Migration'),
      'New Migration x/berth: 3 files written; one undo and Save All take it back.',
    );
    assert.deepEqual(await changed(), [
      'x/berth/keeper/migrations.go',
      'x/berth/migrations/v3/store.go',
      'x/berth/module.go',
    ]);
    assert.match(
      (await onDisk(file('x/berth/module.go')))!,
      /ConsensusVersion\(\) uint64 \{ return 3 \}/,
    );
    assert.deepEqual(
      workspace.textDocuments.filter(document => document.isDirty),
      [],
    );

    await undoIn(file('x/berth/module.go'));
    await saveAll();
    assert.deepEqual(await changed(), []);
  });

  it('Escape leaves nothing', async () => {
    start();
    await stepTitled(first);
    await press('Escape');
    await ended;
    await noStep();
    assert.deepEqual(previews(), []);
    assert.deepEqual(await changed(), []);
  });
});
