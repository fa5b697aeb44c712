import assert from 'node:assert/strict';
import {
  chmodSync,
  chownSync,
  lstatSync,
  mkdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
} from 'node:fs';
import { join } from 'node:path';
import type { Plan } from '../../../core/plan/plan.ts';
import { refuse } from '../../../core/plan/plan.ts';
import { undoPlan, writePlan } from '../../../host/disk/apply.ts';
import { asNormalUser, giveToNormalUser } from '../../support/normal-user.ts';
import { tempDir, treeOf, writeFiles } from '../../support/temp.ts';
import { chain, crlf, plan } from './small-chain.ts';

const apply = new URL('../../../host/disk/apply.js', import.meta.url);

/** The plan is refused with that line, and the tree is what it was. */
function refused(dir: string, changed: Partial<Plan>, pattern: RegExp): void {
  const before = treeOf(dir);
  assert.throws(
    () => writePlan(dir, { creates: [], edits: [], notes: [], ...changed }),
    (error: Error) => {
      assert.match(error.message, pattern);
      return !('code' in error) && !error.message.includes('\n');
    },
  );
  assert.deepEqual(treeOf(dir), before);
}

describe('applyPlan', () => {
  it('writes every byte as planned, keeps modes, and leaves nothing else', () => {
    const dir = chain();
    const before = treeOf(dir);
    writePlan(dir, plan);
    const mode = (0o666 & ~process.umask()).toString(8);
    const folder = (0o777 & ~process.umask()).toString(8);
    assert.deepEqual(treeOf(dir), {
      ...before,
      'app/upgrades': `folder ${folder}`,
      'app/upgrades/v2': `folder ${folder}`,
      'app/upgrades/v2/constants.go': `${mode} package v2\n`,
      'app/upgrades/v2/upgrades.go': `${mode} package v2\r\n`,
      'notes.txt': `${mode} `,
      'app/app.go': `600 ${Buffer.from(crlf.replace('old', 'new')).toString('latin1')}`,
      'run.sh': '751 new',
    });
  });

  it('is taken back byte for byte, its folders too', () => {
    const dir = chain();
    const before = treeOf(dir);
    const applied = writePlan(dir, plan);
    assert.notEqual(treeOf(dir)['run.sh'], before['run.sh']);
    undoPlan(dir, applied);
    assert.deepEqual(treeOf(dir), before);
  });

  it('is not taken back over somebody’s later work', () => {
    const dir = chain();
    const applied = writePlan(dir, plan);
    writeFiles(dir, { 'app/upgrades/v2/constants.go': 'package v2 // mine\n' });
    const now = treeOf(dir);
    assert.throws(() => undoPlan(dir, applied), /constants\.go has changed since it was read/);
    assert.deepEqual(treeOf(dir), now);
    writeFiles(dir, {
      'app/upgrades/v2/constants.go': 'package v2\n',
      'app/upgrades/v2/mine.go': 'package v2',
    });
    undoPlan(dir, applied);
    assert.ok('app/upgrades/v2/mine.go' in treeOf(dir), 'a later file stays, with its folder');
    assert.ok(!('app/upgrades/v2/constants.go' in treeOf(dir)));
  });

  it('refuses a plan that is refused', () => {
    assert.throws(() => writePlan(chain(), refuse('no way')), /^Error: no way$/);
  });

  describe('refuses, and writes nothing,', () => {
    it('where a file changed since the plan was made', () => {
      const dir = chain();
      writeFiles(dir, { 'run.sh': 'old\n' });
      refused(dir, plan, /^run\.sh has changed since it was read: run again$/);
      rmSync(join(dir, 'run.sh'));
      refused(dir, plan, /^run\.sh is gone since it was read: run again$/);
    });

    it('where only a byte order mark or line ends differ', () => {
      const dir = chain();
      for (const text of [crlf.slice(1), crlf.replaceAll('\r', '')]) {
        writeFiles(dir, { 'app/app.go': text });
        refused(dir, plan, /^app\/app\.go has changed/);
      }
    });

    it('where a created file exists already, be it a broken link', () => {
      const dir = chain();
      writeFiles(dir, { 'app/upgrades/v2/upgrades.go': 'package v2\r\n' });
      refused(dir, plan, /^app\/upgrades\/v2\/upgrades\.go exists already/);
      symlinkSync('/nowhere/at/all', join(dir, 'new.go'));
      refused(dir, { creates: [{ file: 'new.go', text: '' }] }, /^new\.go exists already/);
    });

    it('a plan that moves files', () => {
      const dir = chain();
      const move = { from: 'run.sh', to: 'go.sh', before: '', after: '' };
      refused(dir, { ...plan, moves: [move] }, /^a plan that moves files is an edit for an editor/);
    });

    it('paths that are not inside the repository', () => {
      const dir = chain();
      for (const file of [
        '../x.go',
        '/etc/x',
        'app/../../x',
        '',
        '.',
        'app//x',
        'app/./x',
        '.git/hooks/pre-commit',
        'app/.GIT/config',
        'a\\b',
        'a\0b',
        'a\nb',
      ]) {
        refused(dir, { creates: [{ file, text: '' }] }, /is not a path inside the repository$/);
        refused(
          dir,
          { edits: [{ file, before: '', after: '' }] },
          /is not a path inside the repository$/,
        );
      }
    });

    it('links that lead out of it', () => {
      const dir = chain();
      const outside = tempDir({ 'out.go': 'package out' });
      symlinkSync(outside, join(dir, 'folder'));
      symlinkSync(join(outside, 'out.go'), join(dir, 'file.go'));
      symlinkSync('gone', join(dir, 'broken'));
      refused(
        dir,
        { creates: [{ file: 'folder/x.go', text: '' }] },
        /^folder\/x\.go cannot be created: folder leads out of the repository$/,
      );
      refused(
        dir,
        { creates: [{ file: 'folder/new/x.go', text: '' }] },
        /leads out of the repository$/,
      );
      refused(
        dir,
        { creates: [{ file: 'broken/x.go', text: '' }] },
        /^broken\/x\.go cannot be created in broken: it is a broken link$/,
      );
      refused(
        dir,
        { edits: [{ file: 'file.go', before: 'package out', after: 'x' }] },
        /^file\.go cannot be changed: it leads out of the repository$/,
      );
      refused(
        dir,
        { edits: [{ file: 'folder/out.go', before: 'package out', after: 'x' }] },
        /leads out of the repository$/,
      );
      assert.deepEqual(Object.keys(treeOf(outside)), ['out.go']);
    });

    it('what is a folder or has a file for a folder', () => {
      const dir = chain();
      refused(dir, { edits: [{ file: 'app', before: '', after: 'x' }] }, /^app is not a file$/);
      refused(
        dir,
        { creates: [{ file: 'run.sh/x.go', text: '' }] },
        /^run\.sh\/x\.go cannot be created in run\.sh: it is not a folder$/,
      );
      refused(
        dir,
        { edits: [{ file: 'run.sh/x.go', before: '', after: '' }] },
        /^run\.sh\/x\.go cannot be changed: a file is where a folder should be$/,
      );
    });

    it('names that the file system does not take', () => {
      const dir = chain();
      refused(
        dir,
        { creates: [{ file: `${'v'.repeat(300)}.go`, text: '' }] },
        /^v+\.go cannot be written: the name is too long$/,
      );
      refused(
        join(dir, 'app'),
        { creates: [{ file: `${'v'.repeat(300)}/x.go`, text: '' }] },
        /^v+\/x\.go cannot be written: the name is too long$/,
      );
    });

    it('plans that contradict themselves', () => {
      const dir = chain();
      symlinkSync('run.sh', join(dir, 'link.sh'));
      refused(
        dir,
        {
          creates: [
            { file: 'a.go', text: '1' },
            { file: 'a.go', text: '2' },
          ],
        },
        /^a\.go would be written twice$/,
      );
      refused(
        dir,
        {
          edits: [
            { file: 'run.sh', before: 'old', after: '1' },
            { file: 'link.sh', before: 'old', after: '2' },
          ],
        },
        /would be written twice$/,
      );
      refused(
        dir,
        {
          creates: [
            { file: 'x/y.go', text: '' },
            { file: 'x', text: '' },
          ],
        },
        /^x would be a file and the folder of x\/y\.go$/,
      );
    });

    it('in a read-only folder, and read-only files', function () {
      if (process.platform === 'win32') {
        console.log('      not run: Windows has no permission bits');
        return this.skip();
      }
      const dir = chain();
      mkdirSync(join(dir, 'closed'));
      giveToNormalUser(dir);
      chmodSync(join(dir, 'closed'), 0o555);
      chmodSync(join(dir, 'run.sh'), 0o444);
      const before = treeOf(dir);
      const tried = (creates: Plan['creates'], edits: Plan['edits']) =>
        asNormalUser(
          { host: apply },
          "try { host.writePlan(args[0], JSON.parse(args[1])); console.log('written'); } catch (error) { console.log(error.message); }",
          dir,
          JSON.stringify({ creates, edits, notes: [] }),
        ).trim();
      const fine = { file: 'fine.go', text: 'package fine' };
      assert.equal(
        tried([fine, { file: 'closed/x.go', text: '' }], []),
        'closed cannot be written: permission denied',
      );
      assert.equal(
        tried([fine, { file: 'closed/deep/x.go', text: '' }], []),
        'closed cannot be written: permission denied',
      );
      assert.equal(
        tried([fine], [{ file: 'run.sh', before: 'old', after: 'new' }]),
        'run.sh cannot be written: permission denied',
      );
      assert.deepEqual(treeOf(dir), before);
      chmodSync(join(dir, 'closed'), 0o000);
      assert.equal(
        tried([fine, { file: 'closed/x.go', text: '' }], []),
        'closed cannot be written: permission denied',
      );
      assert.equal(tried([fine], []), 'written');
    });
  });

  it('rewrites a linked file inside the repository and keeps the link', () => {
    const dir = chain();
    symlinkSync('app', join(dir, 'linked'));
    symlinkSync('run.sh', join(dir, 'link.sh'));
    writePlan(dir, {
      creates: [{ file: 'linked/new.go', text: 'package app' }],
      edits: [{ file: 'link.sh', before: 'old', after: 'new' }],
      notes: [],
    });
    assert.ok(lstatSync(join(dir, 'link.sh')).isSymbolicLink());
    assert.equal(readFileSync(join(dir, 'run.sh'), 'utf8'), 'new');
    assert.equal(readFileSync(join(dir, 'app/new.go'), 'utf8'), 'package app');
  });

  it('keeps the owner of a file that another user wrote, where it may', function () {
    if (process.getuid?.() !== 0) {
      console.log('      not run: only root may give files away');
      return this.skip();
    }
    const dir = chain();
    chownSync(join(dir, 'run.sh'), 1000, 1000);
    writePlan(dir, plan);
    assert.deepEqual(
      [statSync(join(dir, 'run.sh')).uid, statSync(join(dir, 'run.sh')).gid, treeOf(dir)['run.sh']],
      [1000, 1000, '751 new'],
    );
  });
});
