import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { neovim } from '../../scripts/test/suites.ts';
import { cliHere, main } from '../support/cli.ts';
import { mistakenChain } from '../support/mistaken-chain.ts';
import { projectRoot } from '../support/root.ts';
import { tempDir } from '../support/temp.ts';

/** What the script in Neovim saw. */
interface Seen {
  readonly error?: string;
  readonly unopened: { code: string; severity: number; source: string };
  readonly message: string;
  readonly server: string;
  readonly refused?: string;
  readonly written?: { created: string[] };
}

describe('Neovim as a client of the language server', function () {
  this.timeout(5 * 60_000);

  for (const repair of ['store', 'upgrade'] as const) {
    it(`shows findings of unopened files, repairs by a new ${repair}, makes an upgrade, and ends`, async () => {
      const { dir } = mistakenChain({ upgrade: repair === 'store' });
      const temp = tempDir();
      const seen = join(temp, 'seen.json');
      const pid = join(temp, 'pid');
      const server = `echo $$ > '${pid}'; exec '${process.execPath}' '${main}' lsp --stdio`;
      const script = join(projectRoot, 'test/neovim/client.lua');
      const { stderr } = spawnSync(neovim(), ['--clean', '--headless', '-c', `luafile ${script}`], {
        encoding: 'utf8',
        timeout: 4 * 60_000,
        env: {
          ...process.env,
          ...{ CHAIN: dir, SEEN: seen, SERVER: JSON.stringify(['sh', '-c', server]) },
          ...{ REPAIR: repair, HOME: temp, XDG_STATE_HOME: temp, XDG_CONFIG_HOME: temp },
        },
      });
      const saw = JSON.parse(readFileSync(seen, 'utf8')) as Seen;
      assert.equal(saw.error, undefined, stderr);
      assert.deepEqual(saw.unopened, {
        code: 'store-not-added',
        severity: repair === 'store' ? 1 : 2,
        source: 'chain-upgrade',
      });
      assert.match(saw.message, /^the store "ledger" is mounted/);
      assert.equal(saw.server, 'chain-upgrade');
      assert.equal(saw.refused, undefined);
      assert.ok(saw.written?.created.includes('app/upgrades/v9/upgrades.go'));
      // What the editor saved is what is wanted: all is registered, and no store is missing.
      const { status, stdout } = await cliHere(['lint', dir]);
      assert.equal(status, 0);
      assert.doesNotMatch(stdout, /: (error|warning) |upgrade-not-registered/);
      await gone(Number(readFileSync(pid, 'utf8')));
    });
  }
});

/** Waits until a process has ended. */
async function gone(pid: number): Promise<void> {
  for (const end = Date.now() + 10_000; Date.now() < end; await sleep(100)) {
    try {
      process.kill(pid, 0);
    } catch {
      return;
    }
  }
  assert.fail('the server outlives its editor');
}
