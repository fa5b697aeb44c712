import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { groupRuns } from '../../rehearse/process-table.ts';
import { pause, runCommand, startLogged } from '../../rehearse/processes.ts';
import { tempDir } from '../support/temp.ts';

const watch = { started: () => {}, ended: () => {} };
const sh = (script: string) => ({
  command: 'sh',
  args: ['-c', script],
  cwd: tempDir(),
  env: { PATH: process.env['PATH'] },
});

describe('what a rehearsal starts', function () {
  this.timeout(20_000);
  const never = new AbortController().signal;

  it('is waited for, with what it said', async () => {
    const { code, out, err, timedOut } = await runCommand(
      sh('echo out; echo err >&2; exit 3'),
      watch,
      { limit: 10_000, signal: never },
    );
    assert.deepEqual([code, out, err, timedOut], [3, 'out\n', 'err\n', false]);
  });

  it('ends with all it started when its time is over', async () => {
    const began = Date.now();
    const { timedOut } = await runCommand(sh('sleep 60 & sleep 60'), watch, {
      limit: 200,
      signal: never,
    });
    assert.ok(timedOut && Date.now() - began < 5000, `${Date.now() - began} ms`);
  });

  it('is not waited for where something that left its group holds the output', async () => {
    const began = Date.now();
    const { code, out } = await runCommand(sh('setsid sleep 8 & echo done'), watch, {
      limit: 10_000,
      signal: never,
    });
    assert.deepEqual([code, out], [0, 'done\n']);
    assert.ok(Date.now() - began < 6000, `${Date.now() - began} ms`);
  });

  it('ends when the rehearsal is stopped', async () => {
    const abort = new AbortController();
    const groups: number[] = [];
    const ended: number[] = [];
    const ran = runCommand(
      sh('sleep 60 & sleep 60'),
      { started: pid => groups.push(pid), ended: pid => ended.push(pid) },
      { limit: 10_000, signal: abort.signal },
    );
    setTimeout(() => abort.abort(), 200);
    await assert.rejects(ran, { name: 'AbortError' });
    assert.deepEqual(groups.map(groupRuns), [false]);
    // Told once: whoever hears of it later has given its place back.
    await pause(100);
    assert.deepEqual(ended, groups);
  });

  it('ends by force where it does not listen, and at once where it need not be asked', async () => {
    for (const grace of [300, 0]) {
      const log = join(tempDir(), 'log');
      const running = await startLogged(
        sh("trap '' TERM; echo deaf; while :; do sleep 1; done"),
        log,
        watch,
      );
      while (readFileSync(log, 'utf8') === '') await pause(10);
      const began = Date.now();
      await running.stop(grace);
      assert.ok(Date.now() - began < grace + 2000, `${Date.now() - began} ms`);
      assert.equal(groupRuns(running.pid), false);
      assert.deepEqual(running.ended(), { code: null, signal: 'SIGKILL' });
    }
  });

  it('says what is not there', () =>
    assert.rejects(
      runCommand({ ...sh(''), command: 'no-such-program' }, watch, { limit: 1000, signal: never }),
      /^Error: no-such-program is not installed, or not in the PATH$/,
    ));
});
