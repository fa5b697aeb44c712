import assert from 'node:assert/strict';
import { chmodSync, existsSync, renameSync } from 'node:fs';
import { join } from 'node:path';
import type { Move, Plan } from '../../../core/plan/plan.ts';
import { unifiedDiff, writtenLines } from '../../../host/commands/show.ts';
import { undoPlan, writePlan } from '../../../host/disk/apply.ts';
import { writeAll } from '../../../host/disk/transaction.ts';
import { lastWrite } from '../../../host/undo/undo.ts';
import { writeRemembered } from '../../../host/undo/written.ts';
import { git, History } from '../../support/git.ts';
import { tempDir, treeOf, writeFiles } from '../../support/temp.ts';

const moves: readonly Move[] = [
  { from: 'up/v5/name.go', to: 'up/v6/name.go', before: 'package v5\n', after: 'package v6\n' },
  { from: 'up/v5/run.sh', to: 'up/v6/run.sh', before: 'echo\n', after: 'echo\n' },
];
const plan: Plan = {
  creates: [],
  edits: [{ file: 'app.go', before: 'v5\n', after: 'v6\n' }],
  moves,
  notes: [],
};

function chain(): string {
  const dir = tempDir({
    'app.go': 'v5\n',
    'up/v5/name.go': 'package v5\n',
    'up/v5/run.sh': 'echo\n',
  });
  chmodSync(join(dir, 'up/v5/run.sh'), 0o751);
  return dir;
}

describe('a plan that moves files', () => {
  it('is written with their modes, and leaves no empty folder', () => {
    const dir = chain();
    writePlan(dir, plan);
    const after = treeOf(dir);
    assert.match(after['up/v6/run.sh']!, /^751 echo/);
    assert.match(after['up/v6/name.go']!, / package v6/);
    assert.ok(!existsSync(join(dir, 'up/v5')));
  });

  it('is taken back byte for byte', () => {
    const dir = chain();
    const before = treeOf(dir);
    undoPlan(dir, writePlan(dir, plan));
    assert.deepEqual(treeOf(dir), before);
  });

  it('never writes over a file, and leaves the tree as it is then', () => {
    const dir = chain();
    writeFiles(dir, { 'up/v6/name.go': 'mine\n' });
    const before = treeOf(dir);
    assert.throws(() => writePlan(dir, plan), /^Error: up\/v6\/name\.go exists already/);
    assert.deepEqual(treeOf(dir), before);
  });

  it('is not written where a file changed meanwhile', () => {
    const dir = chain();
    writeFiles(dir, { 'up/v5/name.go': 'package mine\n' });
    const before = treeOf(dir);
    assert.throws(() => writePlan(dir, plan), /up\/v5\/name\.go has changed since it was read/);
    assert.deepEqual(treeOf(dir), before);
  });

  it('leaves a folder in which something else is', () => {
    const dir = chain();
    writeFiles(dir, { 'up/v5/mine.txt': 'mine\n' });
    writePlan(dir, plan);
    assert.ok(existsSync(join(dir, 'up/v5/mine.txt')));
    assert.ok(!existsSync(join(dir, 'up/v5/name.go')));
  });

  it('is taken back as a whole where a step fails', () => {
    const dir = chain();
    const before = treeOf(dir);
    let left = 1;
    const changes = moves.flatMap(({ from, to, before: text, after }) => [
      { file: to, before: undefined, after, movedFrom: from },
      { file: from, before: text, after: undefined },
    ]);
    const failing = (from: string, to: string) => {
      if (to.endsWith('run.sh') && left-- > 0) throw new Error('no more');
      renameSync(from, to);
    };
    assert.throws(() => writeAll(dir, changes, failing), /nothing was written/);
    assert.deepEqual(treeOf(dir), before);
  });

  it('is shown as git shows a rename, which git applies', () => {
    const dir = chain();
    // Git knows of a mode whether a file is run, and no more.
    chmodSync(join(dir, 'up/v5/run.sh'), 0o755);
    const history = new History(dir);
    history.commit();
    const diff = unifiedDiff(plan);
    assert.match(diff, /^rename from up\/v5\/run\.sh$/m);
    assert.match(diff, /^rename to up\/v6\/run\.sh$/m);
    writeFiles(dir, { 'change.patch': diff });
    git(dir, 'apply', 'change.patch');
    const applied = treeOf(join(dir, 'up'));
    const other = chain();
    chmodSync(join(other, 'up/v5/run.sh'), 0o755);
    writePlan(other, plan);
    assert.deepEqual(applied, treeOf(join(other, 'up')));
    assert.ok(writtenLines(plan).includes('moved up/v5/run.sh to up/v6/run.sh'));
  });

  it('is remembered for undo, with what it moved', async () => {
    const dir = chain();
    const before = treeOf(dir);
    await writeRemembered(dir, plan, 'rename', () => {});
    const last = await lastWrite(dir);
    assert.deepEqual(
      last.moves.map(({ from, to }) => [from, to]),
      [
        ['up/v6/name.go', 'up/v5/name.go'],
        ['up/v6/run.sh', 'up/v5/run.sh'],
      ],
    );
    await last.undo();
    assert.deepEqual(treeOf(dir), before);
  });
});
