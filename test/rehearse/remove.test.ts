import assert from 'node:assert/strict';
import { chmodSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { asNormalUser, giveToNormalUser, readableByNormalUser } from '../support/normal-user.ts';
import { tempDir } from '../support/temp.ts';

const module = new URL('../../rehearse/remove.js', import.meta.url);

describe('what a rehearsal removes', () => {
  it('may hold folders that are closed, such as those of downloaded modules', function () {
    if (!readableByNormalUser(module.pathname)) {
      console.log('      not run: a normal user may not read this checkout');
      return this.skip();
    }
    const dir = tempDir({ 'run/user/go/pkg/mod/tally@v1.0.0/a.go': 'package tally\n' });
    giveToNormalUser(dir);
    for (const closed of ['tally@v1.0.0/a.go', 'tally@v1.0.0', ''])
      chmodSync(join(dir, 'run/user/go/pkg/mod', closed), 0o555);
    asNormalUser({ remove: module }, "remove.removeAll(args[0] + '/run');", dir);
    assert.deepEqual(readdirSync(dir), []);
  });
});
