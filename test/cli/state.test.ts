import assert from 'node:assert/strict';
import { symlinkSync } from 'node:fs';
import type { ServerResponse } from 'node:http';
import { join } from 'node:path';
import { cliHere } from '../support/cli.ts';
import { nodeAnswers, restNode } from '../support/rest-node.ts';
import type { RpcAnswer, StorePair } from '../support/rpc-node.ts';
import { abciAnswer, queryAnswers, rpcError, rpcNode, statusAnswer } from '../support/rpc-node.ts';
import { tempDir, treeOf } from '../support/temp.ts';
import { hex64, hexOf, upgradeStore } from '../support/upgrade-store.ts';

interface State {
  readonly chainId: string;
  readonly height: number;
  readonly plan: unknown;
  readonly done: readonly { name: string; height: number }[];
  readonly modules: Readonly<Record<string, number>>;
  readonly protocolVersion: number | null;
}

/** What is read of a node with that store, and with other answers. */
async function read(
  store: readonly StorePair[],
  args: readonly string[] = [],
  more: Readonly<Record<string, RpcAnswer>> = {},
) {
  const node = await rpcNode({
    '/status': statusAnswer({ height: 91 }),
    '/abci_query': queryAnswers({ upgrade: store }, 90),
    ...more,
  });
  try {
    const ran = await cliHere(['state', '--rpc', node.url, '--format', 'json', ...args]);
    return { ...ran, asked: node.asked, url: node.url };
  } finally {
    node.close();
  }
}

/** Exit 2 and one line on standard error. */
function refused(ran: { status: number | null; stderr: string }, pattern: RegExp): void {
  assert.equal(ran.status, 2, ran.stderr);
  assert.match(ran.stderr, /^chain-upgrade: error: [^\n]+\n$/);
  assert.match(ran.stderr, pattern);
}

describe('chain-upgrade state', function () {
  this.timeout(60_000);

  it('reads plan, applied plans, versions and protocol version of one height by RPC', async () => {
    const { status, stdout, stderr, asked } = await read(
      upgradeStore({
        plan: { name: 'v4', height: 120, info: '{"binaries":{}}' },
        done: { v3: 80, v2: 9 },
        protocol: 2,
      }),
    );
    assert.equal(status, 0, stderr);
    assert.deepEqual(JSON.parse(stdout), {
      chainId: 'tally-1',
      height: 90,
      plan: { name: 'v4', height: 120, info: '{"binaries":{}}' },
      done: [
        { name: 'v2', height: 9 },
        { name: 'v3', height: 80 },
      ],
      modules: { bank: 4, upgrade: 2 },
      protocolVersion: 2,
    });
    const heights = asked
      .filter(url => url.startsWith('/abci_query'))
      .map(url => new URL(url, 'http://x').searchParams.get('height'));
    assert.deepEqual(heights, [null, '90', '90', '90']);
  });

  it('reads the same by the REST address', async () => {
    const store = upgradeStore({ done: { v2: 9 } });
    const handler = (url: string) => (response: ServerResponse) => {
      const { searchParams } = new URL(url, 'http://x');
      const asked = {
        path: searchParams.get('path')!,
        data: Buffer.from(searchParams.get('data')!, 'base64'),
        asked: Number(searchParams.get('height')) || 90,
        height: 90,
      };
      response.end(JSON.stringify(abciAnswer({ upgrade: store }, {}, asked)));
    };
    const path = '/cosmos/base/tendermint/v1beta1/abci_query';
    const served = await restNode(
      new Proxy<Record<string, unknown>>(nodeAnswers({}), {
        get: (answers, url: string) => (url.startsWith(path) ? handler(url) : answers[url]),
      }),
    );
    try {
      const args = ['state', '--node', served.url, '--format', 'json'];
      const { status, stdout, stderr } = await cliHere(args);
      assert.equal(status, 0, stderr);
      const { chainId, height, done } = JSON.parse(stdout) as State;
      assert.deepEqual([chainId, height, done], ['tally-1', 90, [{ name: 'v2', height: 9 }]]);
    } finally {
      served.close();
    }
    const old = await restNode(nodeAnswers({}));
    try {
      const ran = await cliHere(['state', '--node', old.url]);
      refused(ran, /answered 501 to \/cosmos\/base\/tendermint\/v1beta1\/abci_query/);
    } finally {
      old.close();
    }
  });

  it('reads the keys of applied plans as SDK 0.45 wrote them, and both side by side', async () => {
    const old: StorePair = [`01${hexOf('v1')}`, hex64(7)];
    const both = [old, ...upgradeStore({ done: { v2: 9 } })];
    assert.deepEqual((JSON.parse((await read(both)).stdout) as State).done, [
      { name: 'v1', height: 7 },
      { name: 'v2', height: 9 },
    ]);
    const { modules, protocolVersion, plan } = JSON.parse((await read([old])).stdout) as State;
    assert.deepEqual([modules, protocolVersion, plan], [{}, null, null]);
  });

  it('takes a height, and says that a node may have pruned it', async () => {
    const { stdout } = await read(upgradeStore(), ['--height', '40']);
    assert.equal((JSON.parse(stdout) as State).height, 40);
    const future = await read(upgradeStore(), ['--height', '400']);
    refused(future, /at height 400: cannot query with height in the future; 400; .*keeps history/);
    for (const height of ['0', '-1', '1e3', 'x'])
      refused(await read([], [`--height=${height}`]), /is no height/);
  });

  it('is a text for people, without control characters of others', async () => {
    const node = await rpcNode({
      '/status': statusAnswer({ chainId: 'tally-1\u001b[2J' }),
      '/abci_query': queryAnswers(
        { upgrade: upgradeStore({ plan: { name: 'v4\u001b[31m', height: 120 }, done: { v2: 9 } }) },
        90,
      ),
    });
    try {
      const { stdout } = await cliHere(['state', '--rpc', node.url.replace('http:', 'tcp:')]);
      assert.equal(
        stdout,
        [
          'tally-1 [2J at height 90',
          'plan v4 [31m at 120',
          'protocol version 1',
          'applied:',
          '  v2  at 9',
          'modules:',
          '  bank     4',
          '  upgrade  2',
          '',
        ].join('\n'),
      );
    } finally {
      node.close();
    }
  });

  it('refuses in one line what a node gives that is no state', async () => {
    refused(await read([['03', '01']]), /1 bytes where a number of 8 bytes was due/);
    refused(await read([['03', 'ff'.repeat(8)]]), /gave 18446744073709551615 where a height/);
    for (const [answer, pattern] of [
      [{ response: { code: 'x' } }, /something else than a query's answer/],
      [{ response: { value: Buffer.from('zz').toString('base64') } }, /cannot be read: the node/],
      [{ response: { code: 6, log: 'no such store:\n upgrade' } }, /no such store: upgrade\n$/],
      [(response: ServerResponse) => rpcError(response, 'db is closed'), /500.*: db is closed\n$/],
    ] as const)
      refused(await read([], [], { '/abci_query': answer }), pattern);
    for (const status of [{}, { node_info: { network: 7 } }, { node_info: { network: 'a' } }])
      refused(await read([], [], { '/status': status }), /gave no (chain id|height): is this/);
  });

  it('is not kept busy by what is slow, huge, endless or sent elsewhere', async () => {
    const other = await rpcNode({ '/status': statusAnswer() });
    const endless = (response: ServerResponse) => {
      const more = () => {
        while (!response.destroyed && response.write('['.repeat(1 << 16)));
      };
      response.on('drain', more);
      more();
    };
    const away = (response: ServerResponse) =>
      void response.writeHead(302, { location: `${other.url}/status` }).end();
    try {
      refused(await read([], [], { '/status': endless }), /its answer is too long/);
      refused(await read([], [], { '/status': away }), /cannot be asked: .*redirect/);
      assert.deepEqual(other.asked, []);
      const deep = (response: ServerResponse) => void response.end('['.repeat(1 << 20));
      refused(await read([], [], { '/status': deep }), /something else than JSON/);
    } finally {
      other.close();
    }
  });

  it('never repeats what may be a secret in an address', async () => {
    const node = await rpcNode({});
    try {
      const secret = 'k3y-of-mine';
      const { host } = new URL(node.url);
      for (const url of [
        `${node.url}/${secret}`,
        `http://user:${secret}@${host}`,
        `${node.url}/?key=${secret}`,
        `htp://user:${secret}@${host}`,
        `not an address ${secret}`,
        `ftp://${host}/${secret}`,
      ])
        for (const option of ['--rpc', '--node']) {
          const ran = await cliHere(['state', option, url]);
          refused(ran, /./);
          assert.ok(!ran.stderr.includes(secret), ran.stderr);
        }
    } finally {
      node.close();
    }
  });

  it('needs one place to read', async () => {
    for (const args of [[], ['--rpc', 'http://a', '--node', 'http://b']])
      refused(
        await cliHere(['state', ...args]),
        /give one of --rpc URL, --node URL and --home DIR/,
      );
    refused(await cliHere(['state', '--home', '.', '--height', '4']), /--height is for a node/);
  });

  describe('of a home', () => {
    const home = () =>
      tempDir({
        'data/upgrade-info.json': '{"name":"v3","time":"0001-01-01T00:00:00Z","height":80}',
        'data/app-version.json':
          '{"format":1,"history":[{"version":1,"from_height":3,"software":"v1.0.0"}]}',
        'cosmovisor/upgrades/v2/bin/tinyd': '',
        'cosmovisor/upgrades/v3/bin/tinyd': '',
        'cosmovisor/genesis/bin/tinyd': '',
      });
    const readHome = async (dir: string) => {
      const { status, stdout, stderr } = await cliHere([
        'state',
        '--home',
        dir,
        '--format',
        'json',
      ]);
      assert.equal(status, 0, stderr);
      return JSON.parse(stdout) as Record<string, unknown>;
    };

    it('gives its files, and writes nothing', async () => {
      const dir = home();
      symlinkSync('upgrades/v3', join(dir, 'cosmovisor/current'));
      const before = treeOf(dir);
      assert.deepEqual(await readHome(dir), {
        home: dir,
        upgradeInfo: { name: 'v3', time: '0001-01-01T00:00:00Z', height: 80 },
        appVersion: {
          format: 1,
          history: [{ version: 1, from_height: 3, software: 'v1.0.0' }],
        },
        cosmovisor: { current: 'upgrades/v3', upgrades: ['v2', 'v3'] },
      });
      assert.deepEqual(treeOf(dir), before);
      const { stdout } = await cliHere(['state', '--home', dir]);
      assert.match(stdout, /\n {2}cosmovisor\/current +upgrades\/v3\n/);
    });

    it('gives null for what is not there, and refuses what is damaged', async () => {
      const dir = tempDir({ 'data/priv_validator_state.json': '{}' });
      assert.deepEqual(await readHome(dir), {
        home: dir,
        upgradeInfo: null,
        appVersion: null,
        cosmovisor: null,
      });
      for (const [file, text, pattern] of [
        ['data/upgrade-info.json', '{"name"', /data\/upgrade-info\.json is no JSON: /],
        ['data/upgrade-info.json', '{"name":"v3"}', /names no plan with its height/],
        ['data/app-version.json', '{"format":2}', /another format than 1/],
        ['data/app-version.json', '{"format":1,"history":[{}]}', /has no version or no height/],
      ] as const)
        refused(await cliHere(['state', '--home', tempDir({ [file]: text })]), pattern);
      refused(await cliHere(['state', '--home', '/no/such']), /there is no \/no\/such: give/);
      refused(await cliHere(['state', '--home', tempDir({ a: '' })]), /is no node's home: it has/);
    });
  });
});
