import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { projectRoot } from '../support/root.ts';

describe('demo', function () {
  this.timeout(60_000);
  it('writes an upgrade into a copy of an example chain', () => {
    const temp = mkdtempSync(join(tmpdir(), 'chain-upgrade-'));
    try {
      const env = { ...process.env, TMPDIR: temp, TMP: temp, TEMP: temp };
      const { status, stdout, stderr } = spawnSync(process.execPath, ['dist/scripts/demo.js'], {
        cwd: projectRoot,
        encoding: 'utf8',
        env,
      });
      assert.equal(status, 0, stdout + stderr);
      assert.match(stdout, /^\+\t\tAdded: \[\]string\{feegrant\.StoreKey\},$/m);
      assert.match(stdout, /^created app\/upgrades\/v4\/constants\.go$/m);
      assert.match(stdout, /^changed app\/app\.go$/m);
      assert.match(stdout, /^ +v4 .* adds feegrant$/m);
    } finally {
      rmSync(temp, { recursive: true, force: true });
    }
  });
});
