import assert from 'node:assert/strict';
import type { ChildProcess } from 'node:child_process';
import { spawn } from 'node:child_process';
import { join } from 'node:path';
import type { RehearsalFolder } from '../../rehearse/rehearsal-folder.ts';
import { takePlace } from '../../rehearse/rehearsal-folder.ts';
import { mustBeStopped } from '../../rehearse/state/lock.ts';
import { tempDir, treeOf, writeFiles } from '../support/temp.ts';
import { run } from './chain.ts';

// Takes the lock of a database in one of the two ways and says so.
const holder = `package main

import (
	"fmt"
	"os"
	"syscall"
	"time"
)

func main() {
	file, err := os.OpenFile(os.Args[2], os.O_RDWR, 0)
	if err == nil && os.Args[1] == "flock" {
		err = syscall.Flock(int(file.Fd()), syscall.LOCK_EX)
	}
	if err == nil && os.Args[1] == "fcntl" {
		err = syscall.FcntlFlock(file.Fd(), syscall.F_SETLK, &syscall.Flock_t{Type: syscall.F_WRLCK})
	}
	if err != nil {
		panic(err)
	}
	fmt.Println("held")
	time.Sleep(time.Minute)
}
`;

describe('the lock of a database', function () {
  this.timeout(5 * 60_000);
  const cache = process.env['CHAIN_UPGRADE_CACHE'];
  const work = tempDir({ 'holder/main.go': holder });
  const data = join(work, 'data');
  const lock = join(data, 'application.db/LOCK');
  const signal = new AbortController().signal;
  let place: RehearsalFolder;
  let child: ChildProcess | undefined;

  before(() => {
    process.env['CHAIN_UPGRADE_CACHE'] = join(work, 'cache');
    place = takePlace();
    run('go', ['build', '-o', join(work, 'hold'), 'main.go'], join(work, 'holder'), {
      GOFLAGS: '',
    });
    writeFiles(data, { 'application.db/LOCK': '' });
  });
  afterEach(() => {
    child?.kill('SIGKILL');
  });
  after(() => {
    place.leave(false);
    if (cache === undefined) delete process.env['CHAIN_UPGRADE_CACHE'];
    else process.env['CHAIN_UPGRADE_CACHE'] = cache;
  });

  /** A process that holds the lock. */
  async function hold(way: string): Promise<void> {
    const started = spawn(join(work, 'hold'), [way, lock], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    child = started;
    await new Promise(done => started.stdout.once('data', done));
  }

  it('is free where a file LOCK lies there and no process has it', async () => {
    const before = treeOf(data);
    await mustBeStopped(data, place, signal);
    await mustBeStopped(join(work, 'none'), place, signal);
    assert.deepEqual(treeOf(data), before);
  });

  for (const way of ['flock', 'fcntl']) {
    it(`is held by a node that took it with ${way}, until that ends`, async () => {
      await hold(way);
      await assert.rejects(
        mustBeStopped(data, place, signal),
        /^Error: a node runs in .*data: stop it, or give a snapshot archive/,
      );
      const ended = new Promise(done => child!.once('exit', done));
      child!.kill('SIGKILL');
      await ended;
      await mustBeStopped(data, place, signal);
    });
  }
});
