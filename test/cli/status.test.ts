import assert from 'node:assert/strict';
import { cpSync } from 'node:fs';
import { join } from 'node:path';
import type { NetworkStatus } from '../../core/network/status.ts';
import { cliHere } from '../support/cli.ts';
import { History } from '../support/git.ts';
import { addLedger, change } from '../support/next-version.ts';
import { nodeAnswers, restNode } from '../support/rest-node.ts';
import { projectRoot } from '../support/root.ts';
import { tempDir, treeOf } from '../support/temp.ts';

/** A release with its lock, at the release. */
async function locked(): Promise<string> {
  const dir = tempDir();
  cpSync(join(projectRoot, 'test/rules/chain'), dir, { recursive: true });
  new History(dir).commit('v1.0.0');
  await cliHere(['lock', 'tally-1', '--dir', dir, '--base', 'HEAD', '--yes']);
  return dir;
}

const status = (dir: string, ...args: string[]) => cliHere(['status', '--dir', dir, ...args]);
const read = async (dir: string, ...args: string[]) => {
  const ran = await status(dir, '--format', 'json', ...args);
  assert.ok(ran.status !== 2, ran.stderr);
  return { exit: ran.status, ...(JSON.parse(ran.stdout) as NetworkStatus) };
};
const differing = ({ rows }: NetworkStatus) =>
  rows.filter(({ agree }) => agree === false).map(({ what }) => what);

/** Asks a node that answers so. */
async function withNode<T>(
  says: Parameters<typeof nodeAnswers>[0],
  scheduled: object | null,
  work: (url: string) => Promise<T>,
): Promise<T> {
  const node = await restNode({
    ...nodeAnswers(says),
    '/cosmos/upgrade/v1beta1/current_plan': { plan: scheduled },
    '/cosmos/upgrade/v1beta1/applied_plan/v3': { height: says.applied?.['v3'] ?? '0' },
  });
  try {
    return await work(node.url);
  } finally {
    node.close();
  }
}

const sameAsLock = { modules: { bank: '4', counter: '1', upgrade: '2' }, applied: { v2: '9' } };

describe('chain-upgrade status', function () {
  this.timeout(60_000);

  it('lays lock and code side by side, asks nobody and writes nothing', async () => {
    const dir = await locked();
    const before = treeOf(dir);
    const { exit, chainId, rows } = await read(dir, '--check');
    assert.deepEqual([exit, chainId], [0, 'tally-1']);
    assert.deepEqual(rows, [
      { what: 'plan v2', lock: 'applied', code: 'registered', node: null, agree: true },
      { what: 'module counter', lock: '1', code: '1', node: null, agree: true },
      { what: 'store bank', lock: 'mounted', code: 'mounted', node: null, agree: true },
      { what: 'store counterstore', lock: 'mounted', code: 'mounted', node: null, agree: true },
      { what: 'store upgrade', lock: 'mounted', code: 'mounted', node: null, agree: true },
    ]);
    assert.deepEqual(treeOf(dir), before);
  });

  it('is a table for people', async () => {
    const { stdout } = await status(await locked());
    assert.match(stdout, /^tally-1\n +lock +code +node\n {2}plan v2 +applied +registered +-\n/);
    assert.match(stdout, /\nnothing differs in 5\n$/);
  });

  it('takes what a pending upgrade does for no drift, and the same without one for drift', async () => {
    const dir = await locked();
    change(dir, 'x/counter/module.go', 'return 1', 'return 2');
    change(dir, 'app/keys.go', 'countertypes.StoreKey)', 'countertypes.StoreKey, "ledger")');
    const without = await read(dir, '--check');
    assert.deepEqual([without.exit, differing(without)], [1, ['module counter', 'store ledger']]);
    const table = await status(dir);
    assert.equal(table.status, 0);
    assert.match(table.stdout, /module counter +1 +2 +- +DIFFERS\n/);
    assert.match(table.stdout, /\n2 of 6 differ\n$/);

    cpSync(join(projectRoot, 'test/rules/next'), dir, { recursive: true });
    assert.deepEqual(differing(await read(dir)), ['store ledger']);
    addLedger(dir);
    const { exit, rows } = await read(dir, '--check');
    assert.equal(exit, 0);
    assert.deepEqual(
      rows.find(({ what }) => what === 'plan v3'),
      {
        what: 'plan v3',
        lock: 'not applied',
        code: 'registered',
        node: null,
        agree: true,
      },
    );
  });

  it('finds a version that was lowered, and a store that is gone without an upgrade', async () => {
    const dir = await locked();
    change(dir, 'upgrades.lock/tally-1.json', '"counter": 1', '"counter": 2');
    change(dir, 'app/keys.go', 'banktypes.StoreKey, ', '');
    assert.deepEqual(differing(await read(dir)), ['module counter', 'store bank']);
  });

  it('finds what a node has applied and the lock lacks', async () => {
    const dir = await locked();
    cpSync(join(projectRoot, 'test/rules/next'), dir, { recursive: true });
    const same = await withNode(sameAsLock, null, url => read(dir, '--node', url, '--check'));
    assert.deepEqual([same.exit, differing(same)], [0, []]);
    const ahead = { modules: { bank: '4', counter: '2' }, applied: { v2: '9', v3: '20' } };
    const drift = await withNode(ahead, null, url => read(dir, '--node', url, '--check'));
    assert.deepEqual([drift.exit, differing(drift)], [1, ['plan v3', 'module counter']]);
    assert.deepEqual(
      drift.rows.filter(({ agree }) => agree === false),
      [
        {
          what: 'plan v3',
          lock: 'not applied',
          code: 'registered',
          node: 'applied at 20',
          agree: false,
        },
        { what: 'module counter', lock: '1', code: '1', node: '2', agree: false },
      ],
    );
  });

  it('finds a plan that is scheduled or was applied last, and that the code lacks', async () => {
    const dir = await locked();
    const due = { name: 'v3', height: '50' };
    const lacks = await withNode(sameAsLock, due, url => read(dir, '--node', url));
    assert.deepEqual(differing(lacks), ['plan v3']);
    cpSync(join(projectRoot, 'test/rules/next'), dir, { recursive: true });
    const has = await withNode(sameAsLock, due, url => read(dir, '--node', url));
    assert.deepEqual(differing(has), []);
    assert.equal(has.rows.find(({ what }) => what === 'plan v3')!.node, 'scheduled at 50');
    change(dir, 'app/upgrades.go', '{v2.Upgrade, v3.Upgrade}', '{v3.Upgrade}');
    change(dir, 'app/upgrades.go', '\tv2 "example.org/tally/app/upgrades/v2"\n', '');
    const gone = await withNode(sameAsLock, null, url => read(dir, '--node', url));
    assert.deepEqual(differing(gone), ['plan v2']);
  });

  it('compares code and node alone where there is no lock of the network', async () => {
    const dir = await locked();
    const other = { ...sameAsLock, network: 'tally-test' };
    await withNode(other, null, async url => {
      const { stderr, stdout } = await status(dir, '--node', url, '--format', 'json');
      assert.match(stderr, /note: there is no upgrades\.lock\/tally-test\.json/);
      assert.ok((JSON.parse(stdout) as NetworkStatus).rows.every(({ lock }) => lock === null));
      const wrong = await status(dir, '--node', url, '--network', 'tally-1');
      assert.equal(wrong.status, 2);
      assert.match(wrong.stderr, /the node is on tally-test, not on tally-1\n/);
    });
  });

  it('refuses in one line where there is nothing to compare with', async () => {
    const dir = tempDir();
    cpSync(join(projectRoot, 'test/rules/chain'), dir, { recursive: true });
    const { status: code, stderr } = await status(dir);
    assert.equal(code, 2);
    assert.match(stderr, /nothing to compare the code with: .*chain-upgrade lock.*--node URL\n$/);
  });
});
