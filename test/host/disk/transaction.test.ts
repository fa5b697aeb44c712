import assert from 'node:assert/strict';
import { chmodSync, mkdirSync, readFileSync, renameSync } from 'node:fs';
import { join } from 'node:path';
import type { FileChange } from '../../../host/disk/targets.ts';
import { writeAll } from '../../../host/disk/transaction.ts';
import { asNormalUser, giveToNormalUser } from '../../support/normal-user.ts';
import { treeOf, writeFiles } from '../../support/temp.ts';
import { chain, crlf, plan } from './small-chain.ts';

const apply = new URL('../../../host/disk/apply.js', import.meta.url);
const transaction = new URL('../../../host/disk/transaction.js', import.meta.url);

describe('writeAll', () => {
  const changes: readonly FileChange[] = [
    ...plan.creates.map(({ file, text }) => ({ file, before: undefined, after: text })),
    ...plan.edits,
    { file: 'other.go', before: 'package other', after: undefined },
  ];

  it('takes everything back, whichever step fails', () => {
    let steps = 0;
    writeAll(chain(), changes, (from, to) => {
      steps++;
      renameSync(from, to);
    });
    assert.equal(steps, 5);
    for (let failing = 1; failing <= steps; failing++) {
      const dir = chain();
      const before = treeOf(dir);
      let step = 0;
      assert.throws(
        () =>
          writeAll(dir, changes, (from, to) => {
            if (++step === failing)
              throw Object.assign(new Error('ENOSPC: no space'), { code: 'ENOSPC' });
            renameSync(from, to);
          }),
        /^Error: nothing was written: [\w./]+ cannot be written: no space left on the disk$/,
        `step ${failing}`,
      );
      assert.deepEqual(treeOf(dir), before, `step ${failing}`);
    }
  });

  it('notices a file that another program changes meanwhile, and takes everything back', () => {
    const dir = chain();
    let first = true;
    assert.throws(
      () =>
        writeAll(dir, changes, (from, to) => {
          if (first) writeFiles(dir, { 'run.sh': 'somebody else' });
          first = false;
          renameSync(from, to);
        }),
      /^Error: nothing was written: run\.sh cannot be written: run\.sh has changed since it was read: run again$/,
    );
    assert.deepEqual(Object.keys(treeOf(dir)).sort(), ['app', 'app/app.go', 'other.go', 'run.sh']);
    assert.equal(readFileSync(join(dir, 'run.sh'), 'utf8'), 'somebody else');
    assert.equal(readFileSync(join(dir, 'app/app.go'), 'utf8'), crlf);
  });

  it('says where the former text is if it cannot be put back', () => {
    const dir = chain();
    let step = 0;
    let message = '';
    try {
      writeAll(dir, plan.edits, (from, to) => {
        if (++step >= 2) throw new Error('the disk is gone');
        renameSync(from, to);
      });
    } catch (error) {
      message = (error as Error).message;
    }
    const kept = /app\/app\.go \(the disk is gone; its former text is in (.+)\)$/.exec(
      message,
    )?.[1];
    assert.equal(readFileSync(kept!, 'utf8'), crlf);
  });

  it('takes everything back where the file system itself refuses half-way', function () {
    if (process.getuid?.() !== 0) {
      console.log(
        '      not run: needs root to make a folder in which only owners may replace files',
      );
      return this.skip();
    }
    const dir = chain();
    giveToNormalUser(dir);
    mkdirSync(join(dir, 'shared'));
    writeFiles(dir, { 'shared/theirs.go': 'old' });
    chmodSync(join(dir, 'shared'), 0o1777);
    chmodSync(join(dir, 'shared/theirs.go'), 0o666);
    const before = treeOf(dir);
    const said = asNormalUser(
      { host: apply },
      "try { host.writePlan(args[0], JSON.parse(args[1])); console.log('written'); } catch (error) { console.log(error.message); }",
      dir,
      JSON.stringify({
        ...plan,
        edits: [...plan.edits, { file: 'shared/theirs.go', before: 'old', after: 'new' }],
      }),
    ).trim();
    assert.equal(said, 'nothing was written: shared/theirs.go cannot be written: not permitted');
    assert.deepEqual(treeOf(dir), before);
  });

  it('is not cut short by Ctrl-C', () => {
    const dir = chain();
    giveToNormalUser(dir);
    const said = asNormalUser(
      { transaction, fs: new URL('node:fs') },
      `
      transaction.writeAll(args[0], JSON.parse(args[1]), (from, to) => { process.kill(process.pid, 'SIGINT'); fs.renameSync(from, to); });
      console.log('whole');`,
      dir,
      JSON.stringify(plan.edits),
    );
    assert.equal(said, 'whole\n');
    assert.equal(readFileSync(join(dir, 'run.sh'), 'utf8'), 'new');
  });
});
