import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import type { ServerResponse } from 'node:http';
import { join } from 'node:path';
import type { Readiness } from '../../core/operate/readiness.ts';
import { consensusAddress } from '../../operate/validator-set.ts';
import { chainTexts } from '../support/chains.ts';
import { cliHere, main } from '../support/cli.ts';
import { smallEraTexts } from '../support/era-chain.ts';
import type { LoopbackServer } from '../support/loopback-server.ts';
import { nodeAnswers, restNode } from '../support/rest-node.ts';
import type { RpcAnswer } from '../support/rpc-node.ts';
import { queryAnswers, result, rpcNode, statusAnswer } from '../support/rpc-node.ts';
import { tempDir } from '../support/temp.ts';
import type { TestValidator } from '../support/validators.ts';
import { stakingAnswer, testValidator, validatorAnswers } from '../support/validators.ts';

const method = '/cosmos.staking.v1beta1.Query/Validators';
/** 130 validators, the first with 1000 of 2290; the tenth has signed. */
const all = Array.from({ length: 130 }, (_, i) =>
  testValidator(i, i === 0 ? 1000 : 10, i === 10 ? 'we run it [ready:v2.1.0]' : ''),
);
const servers: { close(): void }[] = [];

async function serve(answers: Readonly<Record<string, RpcAnswer>>): Promise<LoopbackServer> {
  const node = await rpcNode(answers);
  servers.push(node);
  return node;
}

/** A node of the network that knows its validators. */
function network(validators: readonly TestValidator[] = all, more = {}): Promise<LoopbackServer> {
  return serve({
    '/status': statusAnswer(),
    '/validators': validatorAnswers(validators),
    '/abci_query': queryAnswers({}, 90, { [method]: stakingAnswer(validators, 60) }),
    ...more,
  });
}

/** An endpoint of a validator that runs a version. */
function endpoint(one: TestValidator, version: string, more = {}): Promise<LoopbackServer> {
  return serve({
    '/status': statusAnswer({ address: one.address, moniker: one.moniker, ...more }),
    '/abci_info': { response: { data: 'tinyd', version } },
  });
}

function fileOf(name: string, ...lines: string[]): string {
  return join(tempDir({ [name]: `${lines.join('\n')}\n` }), name);
}

async function read(...args: string[]) {
  const ran = await cliHere(['readiness', '--format', 'json', ...args]);
  assert.ok(ran.status === 0 || ran.status === 1, ran.stderr);
  return { ...ran, ...(JSON.parse(ran.stdout) as Readiness) };
}

async function refused(pattern: RegExp, ...args: string[]): Promise<void> {
  const { status, stderr } = await cliHere(['readiness', ...args]);
  assert.equal(status, 2, stderr);
  assert.match(stderr, /^chain-upgrade: error: [^\n]+\n$/);
  assert.match(stderr, pattern);
}

/** Runs the program itself beside this one, which serves; its peak resident size in MB. */
async function ranWithPeak(...args: string[]): Promise<{ stdout: string; peak: number }> {
  const tell = "process.on('exit',()=>console.error('peak '+process.resourceUsage().maxRSS))";
  const child = spawn(process.execPath, [
    '--import',
    `data:text/javascript,${tell}`,
    main,
    ...args,
  ]);
  const said = { stdout: '', stderr: '' };
  for (const name of ['stdout', 'stderr'] as const)
    child[name].on('data', (chunk: Buffer) => {
      said[name] += chunk.toString();
    });
  await new Promise(done => child.once('close', done));
  const [, peak] = /^peak (\d+)$/m.exec(said.stderr) ?? [];
  assert.ok(peak !== undefined, said.stderr);
  return { stdout: said.stdout, peak: Number(peak) / 1024 };
}

describe('chain-upgrade readiness', function () {
  this.timeout(60_000);
  afterEach(() => {
    for (const server of servers.splice(0)) server.close();
  });

  it('measures 130 validators over two pages, whatever some endpoints do', async () => {
    const rpc = await network();
    const good = await endpoint(all[0]!, 'v2.1.0');
    const behind = await endpoint(all[1]!, '2.0.9');
    const twice = await endpoint(all[1]!, '2.2.0');
    const full = await endpoint(testValidator(999, 0), 'v2.1.0');
    const other = await endpoint(all[2]!, 'v2.1.0', { chainId: 'other-1' });
    const late = await endpoint(all[3]!, 'v2.1.0', { catchingUp: true });
    const mute = await endpoint(all[4]!, '');
    const odd = await endpoint(all[5]!, 'main-abc123');
    const lying = await serve({ '/status': { node_info: 7 }, '/abci_info': {} });
    const away = await serve({
      '/status': (response: ServerResponse) =>
        void response.writeHead(302, { location: `${good.url}/status` }).end(),
    });
    const slow = await serve({ '/status': () => {} });
    const huge = await serve({
      '/status': (response: ServerResponse) => {
        const more = () => {
          while (!response.destroyed && response.write('x'.repeat(1 << 16)));
        };
        response.on('drain', more);
        more();
      },
    });
    const urls = [good, behind, twice, full, other, late, mute, odd, lying, away, slow, huge].map(
      ({ url }) => url,
    );
    const file = fileOf('urls', '# endpoints', '', ...urls, 'http://127.0.0.1:1 # dead');
    const { status, shares, byEvidence, totalPower, height, validators, problems } = await read(
      ...['--rpc', rpc.url, '--release', 'v2.1.0', '--endpoints', file, '--timeout', '1s'],
    );
    assert.deepEqual([status, height, totalPower, validators.length], [1, 77, '2290', 130]);
    // 1000 and 10 of 2290.
    assert.deepEqual(shares, { ready: '0.4410', behind: '0.0043', unknown: '0.5545' });
    assert.deepEqual(byEvidence, { measured: '0.4366', signed: '0.0043', reported: '0.0000' });
    const second = validators.find(({ address }) => address === all[1]!.address)!;
    assert.deepEqual([second.state, second.version, second.moniker], ['behind', '2.0.9', 'val-1']);
    assert.deepEqual(second.seen, [
      { endpoint: behind.url, version: '2.0.9' },
      { endpoint: twice.url, version: '2.2.0' },
    ]);
    const whys = problems.map(({ why }) => why.replaceAll(/127\.0\.0\.1:\d+/g, 'HOST'));
    for (const [i, expected] of [
      /it is no validator of this height/,
      /^it is on other-1$/,
      /^it is catching up$/,
      /does not tell its version: give its REST address behind/,
      /^its version main-abc123 cannot be compared$/,
      /^HOST gave no chain id: is this a node's RPC\?$/,
      /^HOST cannot be asked: .*redirect/,
      /^HOST cannot be asked: no answer within 1 seconds$/,
      /^HOST cannot be asked: its answer is too long$/,
      /^HOST cannot be asked: connect ECONNREFUSED HOST$|bad port/,
    ].entries())
      assert.ok(
        whys.some(why => expected.test(why)),
        `${i} ${String(expected)}\n${whys.join('\n')}`,
      );
    assert.equal(problems.length, 10);
    const pages = rpc.asked.filter(url => url.startsWith('/validators'));
    assert.deepEqual(pages, [
      '/validators?page=1&per_page=100',
      '/validators?page=2&per_page=100&height=77',
    ]);
  });

  it('takes little memory, whatever is sent, and ends in time', async () => {
    const rpc = await network();
    const endless = await serve({
      '/status': (response: ServerResponse) => {
        response.setHeader('content-length', String(1e9));
        const more = () => {
          while (!response.destroyed && response.write('x'.repeat(1 << 16)));
        };
        response.on('drain', more);
        more();
      },
    });
    const file = fileOf('urls', ...Array<string>(60).fill(endless.url));
    const { stdout, peak } = await ranWithPeak(
      ...['readiness', '--rpc', rpc.url, '--release', 'v1.0.0', '--endpoints', file],
      ...['--format', 'json', '--timeout', '20s'],
    );
    const { problems } = JSON.parse(stdout) as Readiness;
    assert.equal(problems.length, 60);
    assert.ok(problems.every(({ why }) => why.endsWith('its answer is too long')));
    // Node takes some 60 MB itself; 16 answers of 4 MB are read at once.
    assert.ok(peak < 400, `${peak} MB`);
  });

  it('asks at most so many at once', async () => {
    let now = 0;
    let most = 0;
    const answer = (response: ServerResponse) => {
      most = Math.max(most, ++now);
      setTimeout(() => {
        now--;
        result(response, statusAnswer({ chainId: 'other-1' }));
      }, 20);
    };
    const [rpc, busy] = [await network(), await serve({ '/status': answer })];
    const file = fileOf('urls', ...Array<string>(20).fill(busy.url));
    const { problems } = await read(
      ...['--rpc', rpc.url, '--release', 'v1.0.0', '--endpoints', file, '--parallel', '3'],
    );
    assert.deepEqual([problems.length, most], [20, 3]);
  });

  it('exits by the share that is asked for', async () => {
    const rpc = await network(all.slice(0, 1));
    const node = await endpoint(all[0]!, 'v2.1.0');
    const file = fileOf('urls', node.url);
    const args = ['--rpc', rpc.url, '--endpoints', file, '--release'];
    assert.equal((await read(...args, 'v2.1.0')).status, 0);
    assert.equal((await read(...args, 'v2.1.1')).status, 1);
    assert.equal((await read(...args, 'v2.1.1', '--min', '0')).status, 0);
    const { status, stdout } = await cliHere(['readiness', ...args, 'v2.1.0']);
    assert.equal(status, 0);
    assert.match(stdout, /^tally-1 at height 77: 1 validators, wanted v2\.1\.0\n/);
    assert.match(stdout, /ready 100\.00 % \(measured 100\.00, signed 0\.00, reported 0\.00\)/);
  });

  it('takes signed and reported evidence for an upgrade, and measures nothing', async () => {
    const few = [testValidator(0, 70, '[ready:v3]'), testValidator(1, 30)];
    const rpc = await network(few);
    const node = await endpoint(few[1]!, 'v9.0.0');
    const reports = fileOf(
      'ready.jsonl',
      JSON.stringify({
        kind: 'upgrade-ready',
        chainId: 'tally-1',
        upgrade: 'v3',
        height: 100,
        consensusAddress: few[1]!.address,
        binarySha256: '00',
        version: null,
        time: '',
      }),
      'nonsense',
    );
    const args = ['--rpc', rpc.url, '--upgrade', 'v3', '--endpoints', fileOf('urls', node.url)];
    const signed = await read(...args);
    assert.deepEqual(signed.shares, { ready: '0.7000', behind: '0.0000', unknown: '0.3000' });
    assert.match(signed.stderr, /note: before an upgrade nobody can run its binary/);
    assert.equal(signed.validators[1]!.seen.length, 1);
    const both = await read(...args, '--reports', reports, '--count', 'signed,reported');
    assert.deepEqual([both.status, both.wanted], [0, 'v3']);
    assert.deepEqual(both.byEvidence, { measured: '0.0000', signed: '0.7000', reported: '0.3000' });
    assert.deepEqual(
      both.problems.map(({ endpoint: place }) => place),
      ['ready.jsonl:2'],
    );
    await refused(/--upgrade takes no measured evidence/, ...args, '--count', 'measured,signed');
  });

  it('takes an era by the release that supports it first', async () => {
    const few = [testValidator(0, 70, '[ready:pythagoras]'), testValidator(1, 30)];
    const rpc = await network(few);
    const node = await endpoint(few[1]!, 'v2.1.0');
    const args = ['--rpc', rpc.url, '--era', 'pythagoras', '--endpoints', fileOf('u', node.url)];
    const { shares, wanted, era } = await read(...args, '--release', 'v2.1.0');
    assert.deepEqual([shares.ready, wanted, era], ['1.0000', 'v2.1.0', 'pythagoras']);
  });

  it('asks REST for x/staking and for versions, where it is given', async () => {
    const few = [testValidator(0, 70, '[ready:v2.1.0]'), testValidator(1, 30)];
    const path =
      '/cosmos/staking/v1beta1/validators?status=BOND_STATUS_BONDED&pagination.limit=100';
    const page = (one: TestValidator, next: string | null) => ({
      validators: [
        {
          operator_address: 'valoper1',
          consensus_pubkey: {
            '@type': '/cosmos.crypto.ed25519.PubKey',
            key: Buffer.from(one.key).toString('base64'),
          },
          description: { moniker: one.moniker, details: one.details },
        },
      ],
      pagination: { next_key: next, total: '0' },
    });
    const rest = await restNode({
      ...nodeAnswers({ version: '2.1.0' }),
      [path]: page(few[0]!, 'AAE='),
      [`${path}&pagination.key=AAE%3D`]: page(few[1]!, null),
    });
    servers.push(rest);
    const rpc = await network(few, { '/abci_query': { response: { code: 6, log: 'unknown' } } });
    const node = await endpoint(few[1]!, '');
    const file = fileOf('urls', `${node.url} ${rest.url}`);
    const args = ['--rpc', rpc.url, '--release', 'v2.1.0', '--endpoints', file];
    const { byEvidence, validators, stderr } = await read(...args, '--node', rest.url);
    assert.deepEqual(byEvidence, { measured: '0.3000', signed: '0.7000', reported: '0.0000' });
    assert.deepEqual([validators[0]!.operator, stderr], ['valoper1', '']);
    const strangers = [testValidator(8, 1)];
    const consumer = await network(few, {
      '/abci_query': queryAnswers({}, 90, { [method]: stakingAnswer(strangers) }),
    });
    const other = await read('--rpc', consumer.url, '--release', 'v2.1.0');
    assert.match(other.stderr, /is not available: x\/staking knows none of the keys of this set/);
    const without = await read(...args);
    assert.match(without.stderr, /note: signed evidence is not available: x\/staking lists no/);
    assert.deepEqual([without.shares.ready, without.validators[0]!.operator], ['0.3000', null]);
  });

  it('refuses a set that is not whole, or that nobody can have', async () => {
    const gives = (answer: object) => network(all, { '/validators': answer });
    const one = { address: all[0]!.address, voting_power: '1' };
    for (const [answer, pattern] of [
      [{ block_height: '7', total: '2', validators: [one] }, /whole set: 1 of 2 validators are/],
      [{ block_height: '7', total: '1000000000', validators: [] }, /there are 1000000000 valid/],
      [{ block_height: '7', total: '0', validators: [one] }, /it lists 1, and says 0/],
      [{ block_height: '7', total: '1', validators: 'x' }, /gave no validators: is this a node/],
      [
        { block_height: '7', total: '1', validators: [{ ...one, voting_power: '-1' }] },
        /gave no voting power of a validator/,
      ],
      [
        { block_height: '7', total: '1', validators: [{ ...one, address: '../x' }] },
        /gave no address of a validator/,
      ],
      [
        { block_height: '7', total: '1', validators: [{ ...one, voting_power: '0' }] },
        /the validators of tally-1 have no voting power/,
      ],
    ] as const)
      await refused(pattern, '--rpc', (await gives(answer)).url, '--release', 'v1.0.0');
  });

  it('takes the release of an era from the repository, where it is not given', async () => {
    const rpc = await network();
    const dir = tempDir({ ...chainTexts('list'), ...smallEraTexts });
    const args = ['--rpc', rpc.url, '--era', 'pythagoras'];
    const { stderr, wanted, era } = await read(...args, '--dir', dir);
    assert.deepEqual([wanted, era], ['v2.1.0', 'pythagoras']);
    assert.match(
      stderr,
      /^chain-upgrade: note: pythagoras is supported since v2\.1\.0, as Since has it$/m,
    );
    const untold = /nothing here tells which release supports the era "\w+" first: add --release/;
    await refused(untold, '--rpc', rpc.url, '--era', 'euclid', '--dir', dir);
    await refused(untold, ...args, '--dir', tempDir({}));
  });

  it('refuses wrong options and files in one line, before it asks anybody', async () => {
    const rpc = await network();
    const args = ['--rpc', rpc.url, '--release', 'v1.0.0'];
    for (const [more, pattern] of [
      [['--release', 'v1.0.0'], /readiness needs --rpc URL/],
      [['--rpc', rpc.url], /give one of --release VERSION, --era NAME and --upgrade NAME/],
      [['--rpc', rpc.url, '--release', 'main'], /--release "main" is no version/],
      [[...args, '--upgrade', 'v3'], /give one of --release/],
      [[...args, '--min', '95'], /--min "95" is no share/],
      [[...args, '--count', 'rumoured'], /invalid value "rumoured" for --count/],
      [[...args, '--parallel', '0'], /--parallel "0" is no number/],
      [[...args, '--timeout', '5'], /--timeout "5" is no duration/],
      [[...args, '--endpoints', '/no/such'], /--endpoints \/no\/such cannot be read: no such file/],
      [[...args, '--endpoints', fileOf('u', 'a b c')], /u:1 holds more than an RPC address/],
      [[...args, '--endpoints', fileOf('u', '', 'htp://u:s3cret@x')], /u:2 is no address of http/],
    ] as const)
      await refused(pattern, ...more);
    assert.deepEqual(rpc.asked, []);
    const { stderr } = await cliHere([
      ...['readiness', ...args],
      ...['--endpoints', fileOf('u', 'http://user:s3cret@example.org')],
    ]);
    assert.ok(!stderr.includes('s3cret'), stderr);
  });

  it('knows the addresses of both kinds of keys', () => {
    // The second is the hash of the curve's generator, as in BIP 173.
    const ed25519 = { type: '/cosmos.crypto.ed25519.PubKey', bytes: all[0]!.key };
    assert.equal(consensusAddress(ed25519), all[0]!.address);
    const generator = Buffer.from(
      '0279be667ef9dcbbac55a06295ce870b07029bfcdb2dce28d959f2815b16f81798',
      'hex',
    );
    const secp256k1 = { type: '/cosmos.crypto.secp256k1.PubKey', bytes: generator };
    assert.equal(consensusAddress(secp256k1), '751E76E8199196D454941C45D1B3A323F1433BD6');
    assert.equal(consensusAddress({ type: '/other.PubKey', bytes: generator }), undefined);
  });
});
