import assert from 'node:assert/strict';
import type { ChildProcess } from 'node:child_process';
import { spawn, spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { lives } from '../../rehearse/process-table.ts';
import { takePlace } from '../../rehearse/rehearsal-folder.ts';
import { tempDir } from '../support/temp.ts';

describe('the place of a rehearsal', () => {
  const started: ChildProcess[] = [];
  afterEach(() => {
    for (const child of started.splice(0)) child.kill('SIGKILL');
  });

  /** A process group of its own; its environment says where it belongs. */
  async function node(
    env: NodeJS.ProcessEnv,
    ...words: string[]
  ): Promise<ChildProcess & { pid: number }> {
    const child = spawn('sh', ['-c', 'sleep 60 & wait', ...words], {
      detached: true,
      stdio: 'ignore',
      env: { PATH: process.env['PATH'], ...env },
    });
    started.push(child);
    await new Promise(done => child.once('spawn', done));
    return child as ChildProcess & { pid: number };
  }

  /** What a rehearsal that was killed leaves behind. */
  function killed(
    places: string,
    name: string,
    groups: readonly number[] = [],
    owner = deadPid(),
  ): string {
    const dir = join(places, 'places', name);
    mkdirSync(join(dir, 'run/home'), { recursive: true });
    writeFileSync(join(dir, 'owner'), String(owner));
    writeFileSync(join(dir, 'groups'), groups.join('\n'));
    return dir;
  }

  it('belongs to one, and is free again when it is left', () => {
    const folder = tempDir();
    const first = takePlace(folder);
    const second = takePlace(folder);
    assert.deepEqual(
      [first, second].map(({ dir }) => dir),
      ['0/run', '1/run'].map(dir => join(folder, 'places', dir)),
    );
    first.leave(false);
    assert.equal(existsSync(first.dir), false);
    assert.equal(takePlace(folder).dir, first.dir);
    assert.ok(existsSync(second.dir));
  });

  it("is nobody else's while what was kept is there", () => {
    const folder = tempDir();
    const first = takePlace(folder);
    first.leave(true);
    assert.ok(existsSync(first.dir));
    assert.equal(takePlace(folder).dir, join(folder, 'places/1/run'));
    assert.ok(existsSync(first.dir));
  });

  it('is cleaned up after a rehearsal that was killed, wherever it lies', async () => {
    const folder = tempDir();
    const other = killed(folder, '2');
    const home = join(other, 'run/user');
    const [byEnvironment, byArgument] = [
      await node({ HOME: home }),
      await node({}, `--home=${other}/run/home`),
    ];
    const bystander = await node({ HOME: '/nowhere' });
    const twelve = await node({ HOME: join(folder, 'places/21/run/user') });
    killed(folder, '2', [byEnvironment.pid, byArgument.pid, bystander.pid, twelve.pid]);
    const ended = Promise.all(
      [byEnvironment, byArgument].map(child => new Promise(done => child.once('exit', done))),
    );
    assert.equal(takePlace(folder).dir, join(folder, 'places/0/run'));
    await ended;
    assert.deepEqual(
      [bystander, twelve].map(({ exitCode, signalCode }) => exitCode ?? signalCode),
      [null, null],
    );
    assert.deepEqual(readdirSync(other), []);
  });

  it('is let be while its owner lives', async () => {
    const owner = await node({});
    const folder = tempDir();
    const dir = killed(folder, '0', [], owner.pid);
    assert.equal(takePlace(folder).dir, join(folder, 'places/1/run'));
    assert.ok(existsSync(join(dir, 'run/home')));
  });

  it('is free where the number of its owner was given to another process', async () => {
    const other = await node({});
    const folder = tempDir();
    const dir = killed(folder, '0', [], other.pid);
    const lastYear = new Date(Date.now() - 365 * 24 * 3600_000);
    utimesSync(join(dir, 'owner'), lastYear, lastYear);
    assert.equal(takePlace(folder).dir, join(dir, 'run'));
    assert.equal(other.exitCode ?? other.signalCode, null);
  });

  it('knows who lives', () => {
    assert.deepEqual(
      [lives(process.pid), lives(process.pid, Date.now()), lives(deadPid()), lives(0)],
      [true, true, false, false],
    );
  });
});

function deadPid(): number {
  return spawnSync('true').pid;
}
