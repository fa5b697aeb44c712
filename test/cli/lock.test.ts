import assert from 'node:assert/strict';
import { cpSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Report } from '../../core/lint/report.ts';
import type { Lock } from '../../core/lock/lock.ts';
import type { Plan } from '../../core/plan/plan.ts';
import { cliHere } from '../support/cli.ts';
import { git, History } from '../support/git.ts';
import { nodeAnswers, restNode } from '../support/rest-node.ts';
import { projectRoot } from '../support/root.ts';
import { tempDir, treeOf } from '../support/temp.ts';

/**
 * A chain with a release that a network runs, and what came after it: a store that no upgrade adds,
 * a version without a migration.
 */
function mistaken(): { dir: string; commit: string } {
  const dir = tempDir();
  cpSync(join(projectRoot, 'test/rules/chain'), dir, { recursive: true });
  const history = new History(dir);
  const commit = history.commit('v1.0.0');
  const change = (file: string, before: string, after: string) =>
    writeFileSync(join(dir, file), readFileSync(join(dir, file), 'utf8').replace(before, after));
  change('app/keys.go', 'countertypes.StoreKey)', 'countertypes.StoreKey, "ledger")');
  change('x/counter/module.go', 'return 1', 'return 2');
  cpSync(join(projectRoot, 'test/rules/next'), dir, { recursive: true });
  history.commit();
  return { dir, commit };
}

const lock = (dir: string, ...args: string[]) => cliHere(['lock', '--dir', dir, ...args]);
const lint = async (dir: string, ...args: string[]) =>
  JSON.parse((await cliHere(['lint', dir, '--format', 'json', ...args])).stdout) as Report;
const written = (dir: string, id: string) =>
  JSON.parse(readFileSync(join(dir, `upgrades.lock/${id}.json`), 'utf8')) as Lock;
const found = ({ findings }: Report) =>
  findings.map(f => `${f.rule}: ${f.message.split(/;|, and/)[0]}`);

describe('chain-upgrade lock', function () {
  this.timeout(60_000);

  it('writes what the last release has, and the lint takes it for the baseline', async () => {
    const { dir } = mistaken();
    const before = await lint(dir);
    const { status, stdout, stderr } = await lock(dir, 'tally-1', '--yes');
    assert.deepEqual([status, stdout.trim()], [0, 'created upgrades.lock/tally-1.json'], stderr);
    assert.match(stderr, /^chain-upgrade: note: compared with v1\.0\.0\n$/);
    const { date, ...rest } = written(dir, 'tally-1');
    assert.match(date, /^\d{4}-\d\d-\d\d$/);
    assert.deepEqual(rest, {
      chainId: 'tally-1',
      source: 'v1.0.0',
      app: 'app',
      sdk: { version: 'v0.50.13', generation: '0.50' },
      stores: ['bank', 'counterstore', 'upgrade'],
      uncertainStores: [],
      modules: { counter: 1 },
      upgrades: [{ name: 'v2', height: null }],
    });
    rmSync(join(dir, '.git'), { recursive: true });
    const after = await lint(dir, '--require-base');
    assert.deepEqual([after.base, after.notes], ['tally-1', ['compared with tally-1']]);
    assert.deepEqual(
      found(after),
      found(before).map(text => text.replaceAll('v1.0.0', 'tally-1')),
    );
    assert.equal(found(after).length, 2);
  });

  it('asks a node for its network, module versions and applied plans, and takes the stores from the code it runs', async () => {
    const { dir, commit } = mistaken();
    const node = await restNode(
      nodeAnswers({
        version: '9.9.9',
        commit,
        modules: { bank: '4', counter: '1' },
        applied: { v2: '1234' },
      }),
    );
    try {
      const { status, stderr } = await lock(dir, '--node', `${node.url}/`, '--yes');
      assert.equal(status, 0, stderr);
      assert.match(stderr, /the node runs 9\.9\.9, the stores were read from [0-9a-f]{40}/);
    } finally {
      node.close();
    }
    const { source, stores, modules, upgrades } = written(dir, 'tally-1');
    assert.deepEqual(
      [source, stores, modules, upgrades],
      [
        `${node.url}, stores of ${commit}`,
        ['bank', 'counterstore', 'upgrade'],
        { bank: 4, counter: 1 },
        [{ name: 'v2', height: 1234 }],
      ],
    );
    assert.deepEqual(node.asked, [
      '/cosmos/base/tendermint/v1beta1/node_info',
      '/cosmos/upgrade/v1beta1/module_versions',
      '/cosmos/upgrade/v1beta1/applied_plan/v2',
    ]);
  });

  describe('takes what ran from the chain-registry:', () => {
    const versions = (newest: Record<string, unknown>) => ({
      chain_name: 'tally',
      versions: [
        { name: 'v1', height: 0 },
        { name: 'v2', height: 1234, ...newest },
      ],
    });

    it('from a file, with the stores of the release that it recommends', async () => {
      const { dir } = mistaken();
      git(dir, 'tag', 'v1.5.0', 'v1.0.0');
      const file = join(tempDir(), 'versions.json');
      writeFileSync(file, JSON.stringify(versions({ recommended_version: 'v1.0.0' })));
      const { status, stderr } = await lock(dir, 'tally-1', '--registry', file, '--yes');
      assert.equal(status, 0, stderr);
      assert.match(stderr, /note: compared with v1\.0\.0\n/);
      assert.match(stderr, /note: by versions\.json the network runs v2 from height 1234 on; /);
      const { source, upgrades, modules } = written(dir, 'tally-1');
      assert.equal(source, 'versions.json, stores of v1.0.0');
      assert.deepEqual(upgrades, [{ name: 'v2', height: 1234 }]);
      assert.deepEqual(modules, { counter: 1 });
    });

    it('from an address, and says that its release is not here', async () => {
      const { dir } = mistaken();
      const file = '/tally/versions.json';
      const server = await restNode({ [file]: versions({ tag: 'v2.4.0' }) });
      try {
        const place = `${server.url}${file}`;
        const { status, stderr } = await lock(dir, 'tally-1', '--registry', place, '--yes');
        assert.equal(status, 0, stderr);
        assert.match(
          stderr,
          /the network runs v2, the stores were read from v1\.0\.0: name another with --base REF/,
        );
        assert.equal(written(dir, 'tally-1').source, `${place}, stores of v1.0.0`);
        const gone = await lock(dir, 'tally-1', '--registry', `${server.url}/no`, '--yes');
        assert.equal(gone.status, 2);
        assert.match(gone.stderr, /--registry \S+\/no cannot be read: the server answered 501\n$/);
      } finally {
        server.close();
      }
    });

    it('says which plans of the code it lacks; the lint takes them for new', async () => {
      const { dir } = mistaken();
      const file = join(tempDir(), 'versions.json');
      writeFileSync(file, JSON.stringify({ versions: [{ name: 'v1', height: 0 }] }));
      const { stderr } = await lock(dir, 'tally-1', '--registry', file, '--yes');
      assert.match(stderr, /note: versions\.json does not list v2: they count as not applied\n/);
      const { findings } = await lint(dir);
      const [missing] = findings.filter(({ rule }) => rule === 'store-not-added');
      assert.match(missing!.message, /and "v2" and "v3" do not add it/);
    });

    it('refuses what cannot be read, in one line', async () => {
      const { dir } = mistaken();
      const wrong = async (place: string, ...more: string[]) =>
        (await lock(dir, 'tally-1', '--registry', place, '--yes', ...more)).stderr;
      assert.match(await wrong('none.json'), /--registry none\.json cannot be read: no such file/);
      assert.match(
        await wrong(join(dir, 'go.mod')),
        /--registry \S+go\.mod: this is no JSON: .*\n$/,
      );
      assert.match(
        await wrong('versions.json', '--node', 'http://127.0.0.1:1'),
        /--node and --registry both say what ran: give one of them\n$/,
      );
    });
  });

  it('leaves out what a network has not applied', async () => {
    const { dir } = mistaken();
    const node = await restNode(nodeAnswers({ applied: { v2: '0' } }));
    try {
      assert.equal((await lock(dir, '--node', node.url, '--yes')).status, 0);
    } finally {
      node.close();
    }
    assert.deepEqual(written(dir, 'tally-1').upgrades, []);
    assert.equal(written(dir, 'tally-1').source, `${node.url}, stores of v1.0.0`);
  });

  it('with several locks each is a baseline, and a finding names which', async () => {
    const { dir } = mistaken();
    await lock(dir, 'tally-1', '--yes');
    await lock(dir, 'tally-test-2', '--yes', '--base', 'HEAD');
    const both = await lint(dir);
    assert.equal(both.base, 'tally-1, tally-test-2');
    assert.ok(
      found(both).includes('store-not-added: the store "ledger" is mounted but was not in tally-1'),
      found(both).join('\n'),
    );
    assert.ok(!both.findings.some(f => f.message.includes('tally-test-2')));
    const wrong = join(dir, 'upgrades.lock/tally-test-2.json');
    writeFileSync(wrong, readFileSync(wrong, 'utf8').replace('"ledger",', ''));
    const stores = (await lint(dir)).findings
      .filter(f => f.rule === 'store-not-added')
      .map(f => /in (tally-\S+),/.exec(f.message)?.[1]);
    assert.deepEqual(stores, ['tally-1', 'tally-test-2']);
  });

  it('gives way to --base and to the configuration', async () => {
    const { dir } = mistaken();
    await lock(dir, 'tally-1', '--yes');
    assert.equal((await lint(dir, '--base', 'HEAD')).base, 'HEAD');
    writeFileSync(join(dir, '.chain-upgrade.json'), '{ "base": "HEAD" }');
    assert.equal((await lint(dir)).base, 'HEAD');
  });

  it('what is new is still told by code', async () => {
    const { dir } = mistaken();
    await lock(dir, 'tally-1', '--yes');
    assert.deepEqual(found(await lint(dir, '--only-new')), found(await lint(dir)));
    rmSync(join(dir, '.git'), { recursive: true });
    const { status, stderr } = await cliHere(['lint', dir, '--only-new']);
    assert.deepEqual([status, /no release to compare with/.test(stderr)], [2, true]);
  });

  it('writes nothing with --dry-run, and gives the plan as data', async () => {
    const { dir } = mistaken();
    const before = treeOf(dir);
    const plan = JSON.parse(
      (await lock(dir, 'tally-1', '--dry-run', '--format', 'json')).stdout,
    ) as Plan & { root: string };
    assert.deepEqual(Object.keys(plan), ['root', 'creates', 'edits', 'notes']);
    assert.deepEqual(
      plan.creates.map(c => c.file),
      ['upgrades.lock/tally-1.json'],
    );
    assert.match(
      (await lock(dir, 'tally-1', '--dry-run')).stdout,
      /^\+ {2}"chainId": "tally-1",$/m,
    );
    assert.deepEqual(treeOf(dir), before);
  });

  it('writes a lock anew', async () => {
    const { dir } = mistaken();
    await lock(dir, 'tally-1', '--yes');
    assert.match(
      (await lock(dir, 'tally-1', '--yes', '--base', 'HEAD')).stdout,
      /changed upgrades\.lock\/tally-1\.json/,
    );
    assert.ok(written(dir, 'tally-1').stores.includes('ledger'));
  });

  it('refuses what cannot be, in one line', async () => {
    const { dir } = mistaken();
    const before = treeOf(dir);
    const refused = async (wanted: RegExp, ...args: string[]) => {
      const { status, stdout, stderr } = await lock(dir, ...args, '--yes');
      assert.deepEqual([status, stdout], [2, ''], args.join(' '));
      assert.match(stderr, wanted);
      assert.equal(stderr.trim().split('\n').length, 1, stderr);
    };
    await refused(/name the network: chain-upgrade lock CHAIN-ID/);
    await refused(/"\.\.\/x" is no chain id/, '../x');
    await refused(/the base v9 is not a commit/, 'tally-1', '--base', 'v9');
    await refused(/"nowhere" is no address: write it as https:/, '--node', 'nowhere');
    await refused(/is no address of http/, '--node', 'ftp://example.org');
    await refused(/without user, password and query/, '--node', 'http://me:secret@127.0.0.1');
    await refused(/127\.0\.0\.1:1 cannot be asked: .+/, '--node', 'http://127.0.0.1:1');
    const node = await restNode({
      ...nodeAnswers({}),
      '/cosmos/upgrade/v1beta1/module_versions': undefined,
    });
    const odd = await restNode({
      '/cosmos/base/tendermint/v1beta1/node_info': (r: { end(text: string): void }) =>
        r.end('<html>'),
    });
    const away = await restNode({
      '/cosmos/base/tendermint/v1beta1/node_info': (r: {
        writeHead(code: number, h: object): void;
        end(): void;
      }) => {
        r.writeHead(302, { location: node.url });
        r.end();
      },
    });
    try {
      await refused(/the node is on tally-1, not on other-1/, 'other-1', '--node', node.url);
      await refused(
        /it answered 501 to \/cosmos\/upgrade\/v1beta1\/module_versions: Not Implemented/,
        '--node',
        node.url,
      );
      await refused(/something else than JSON: is this the REST address/, '--node', odd.url);
      await refused(/cannot be asked: .*redirect/i, '--node', away.url);
    } finally {
      for (const server of [node, odd, away]) server.close();
    }
    assert.deepEqual(treeOf(dir), before);
  });

  it('a lock that cannot be read stops the lint with a line that says what to do', async () => {
    const { dir } = mistaken();
    mkdirSync(join(dir, 'upgrades.lock'));
    for (const [text, wanted] of [
      ['{', /this is no JSON/],
      ['{}', /"chainId" has to be the name of the file/],
      ['{"chainId":"a","date":"","source":"","app":"."}', /"sdk" has to hold/],
    ] as const) {
      writeFileSync(join(dir, 'upgrades.lock/a.json'), text);
      const { status, stderr } = await cliHere(['lint', dir]);
      assert.equal(status, 2);
      assert.match(stderr, wanted);
      assert.match(
        stderr,
        /^chain-upgrade: error: upgrades\.lock\/a\.json: .*; write it anew with chain-upgrade lock\n$/,
      );
    }
  });
});
