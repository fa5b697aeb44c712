import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { Explanation } from '../../host/commands/explain.ts';
import { cliHere, main } from '../support/cli.ts';
import { mistakenChain } from '../support/mistaken-chain.ts';
import { tempDir } from '../support/temp.ts';

const panic =
  "panic: failed to load latest version: version of store ledger mismatch root store's version; expected 12 got 0";

describe('chain-upgrade explain', function () {
  this.timeout(60_000);

  it('leads words of a log to the rule, the line and the repair', async () => {
    const { dir } = mistakenChain();
    const log = join(
      tempDir({ 'node.log': `INF starting\n${panic}\ngoroutine 1 [running]:\n` }),
      'node.log',
    );
    const { status, stdout } = await cliHere(['explain', log, '--dir', dir, '--format', 'json']);
    const explained = JSON.parse(stdout) as Explanation;
    assert.equal(status, 0);
    assert.deepEqual(
      [explained.rule, explained.file, explained.line],
      ['store-not-added', 'app/keys.go', 12],
    );
    assert.match(explained.fix!, /^Add the store "ledger" to the upgrade "v3"$/);
    assert.ok(existsSync(explained.page!));
    const text = await cliHere(['explain', log, '--dir', dir]);
    assert.match(text.stdout, /^rule {3}store-not-added\nplace {2}app\/keys\.go:12\nrepair Add/);
  });

  it('takes the planned halt for no mistake where the handler is registered', async () => {
    const { dir } = mistakenChain();
    const halted = (plan: string) => {
      const words = `ERR UPGRADE "${plan}" NEEDED at height: 100: {}\n`;
      return join(tempDir({ 'node.log': words }), 'node.log');
    };
    const explain = async (plan: string) => {
      const args = ['explain', halted(plan), '--dir', dir, '--format', 'json'];
      return JSON.parse((await cliHere(args)).stdout) as Explanation;
    };
    const registered = await explain('v3');
    assert.deepEqual([registered.rule, registered.page], [null, null]);
    assert.match(registered.file!, /^app\//);
    assert.match(registered.fix!, /^the handler of "v3" is registered: .* start the new one/);
    const missing = await explain('v99');
    assert.equal(missing.rule, 'upgrade-not-registered');
  });

  it('needs no repository, and reads standard input', () => {
    const { status, stdout } = spawnSync(process.execPath, [main, 'explain', '--format', 'json'], {
      cwd: tempDir(),
      input: panic,
      encoding: 'utf8',
    });
    const { rule, file, line, fix } = JSON.parse(stdout) as Explanation;
    assert.deepEqual([status, file, line], [0, null, null]);
    assert.match(String(rule), /^[a-z-]+$/);
    assert.match(String(fix), /store ledger/);
  });

  it('explains nothing by what lint finds where the words are not known', async () => {
    const { dir } = mistakenChain();
    const log = join(tempDir({ 'node.log': 'ERR the tide is out\n' }), 'node.log');
    const { stdout } = await cliHere(['explain', log, '--dir', dir, '--format', 'json']);
    assert.deepEqual(JSON.parse(stdout), {
      rule: null,
      file: null,
      line: null,
      fix: null,
      page: null,
    });
  });

  it('says in one line what is wrong', async () => {
    const none = await cliHere(['explain', join(tempDir(), 'none.log')]);
    assert.equal(none.status, 2);
    assert.match(none.stderr, /none\.log cannot be explained: no such file or folder\n$/);
    const empty = await cliHere(['explain', join(tempDir({ a: ' \n' }), 'a')]);
    assert.match(empty.stderr, /there are no words to explain/);
  });
});
