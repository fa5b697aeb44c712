import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import type { ServerResponse } from 'node:http';
import { join } from 'node:path';
import type { PlanJson } from '../../cli/plan-json.ts';
import { chainCopy, cliHere } from '../support/cli.ts';
import type { GovNetwork } from '../support/gov-node.ts';
import { govAnswers } from '../support/gov-node.ts';
import { restNode } from '../support/rest-node.ts';
import { treeOf } from '../support/temp.ts';

const gov = 'cosmos10d07y265gmmuvt4z0w9aw880jnsr700j6zn9kn';
const hour = 3600;
const day = 24 * hour;

/** Runs `proposal` in a chain and gives its plan. */
async function proposed(dir: string, ...args: string[]): Promise<PlanJson> {
  const { stdout, stderr } = await cliHere([
    ...['proposal', ...args, '--dir', dir],
    ...['--yes', '--format', 'json'],
  ]);
  assert.ok(stdout.startsWith('{'), stderr);
  return JSON.parse(stdout) as PlanJson;
}

async function refused(dir: string, ...args: string[]): Promise<string> {
  const plan = await proposed(dir, ...args);
  assert.deepEqual([plan.creates, plan.edits], [[], []]);
  return plan.refused!.reason;
}

/** The same with a node of a network. */
async function atNode<T>(
  network: GovNetwork,
  run: (url: string) => Promise<T>,
): Promise<{ result: T; asked: string[] }> {
  const node = await restNode(govAnswers(network));
  try {
    return { result: await run(node.url), asked: node.asked };
  } finally {
    node.close();
  }
}

const given = ['v3', '--height', '500', '--deposit', '10utally', '--authority', gov] as const;

describe('chain-upgrade proposal', () => {
  it('writes the messages of a proposal and says how to submit them', async () => {
    const dir = chainCopy('list');
    const { creates, edits, proposal, notes } = await proposed(dir, ...given);
    assert.deepEqual(edits, []);
    assert.deepEqual(
      creates.map(({ file }) => file),
      ['operators/local/v3/proposal.json'],
    );
    const written = readFileSync(join(dir, creates[0]!.file), 'utf8');
    assert.equal(written, creates[0]!.text);
    assert.deepEqual(JSON.parse(written), {
      messages: [
        {
          '@type': '/cosmos.upgrade.v1beta1.MsgSoftwareUpgrade',
          authority: gov,
          plan: { name: 'v3', height: '500', info: '' },
        },
      ],
      metadata: '',
      deposit: '10utally',
      title: 'Software upgrade v3',
      summary: 'Upgrades the chain to v3.',
      expedited: false,
    });
    const { submit = '', ...rest } = proposal ?? {};
    assert.deepEqual(rest, {
      ...{ form: 'v1', height: 500, time: null, blockSeconds: null, periods: null },
    });
    assert.match(
      submit,
      / tx gov submit-proposal operators\/local\/v3\/proposal\.json --from "\$KEY"/,
    );
    assert.ok(notes.some(note => note === `submit it with: ${submit}`));
  });
  it('is written anew over what is there', async () => {
    const dir = chainCopy('list');
    await proposed(dir, ...given);
    const again = await proposed(dir, ...given, '--title', 'Another');
    assert.deepEqual([again.creates.length, again.edits.length], [0, 1]);
    assert.match(readFileSync(join(dir, again.edits[0]!.file), 'utf8'), /"Another"/);
  });
  it('is refused for a plan that nothing handles', async () => {
    const dir = chainCopy('list');
    const [, ...rest] = given;
    assert.match(await refused(dir, 'v4', ...rest), /no handler is registered for v4 \(did you/);
    const plan = await proposed(dir, 'v4', ...rest, '--unregistered');
    assert.equal(plan.proposal?.height, 500);
    assert.match(await refused(dir, '../v4', ...rest, '--unregistered'), /path separator/);
  });
  it('is refused where something it needs is not known', async () => {
    const dir = chainCopy('list');
    assert.match(await refused(dir, 'v3', '--authority', gov), /needs a deposit/);
    assert.match(await refused(dir, ...given.slice(0, 1), ...given.slice(3)), /needs a height/);
    assert.match(await refused(dir, ...given, '--at', '2099-01-01T00:00:00Z'), /not both/);
    const noHeight = [...given.slice(0, 1), ...given.slice(3)];
    assert.match(await refused(dir, ...noHeight, '--at', '2099-01-01T00:00:00Z'), /name one with/);
    assert.match(await refused(dir, ...noHeight, '--at', 'tomorrow'), /is no time/);
    assert.match(await refused(dir, ...given.slice(0, 3), '--deposit', 'ten'), /is no deposit/);
    assert.match(await refused(dir, ...given, '--form', 'ibc'), /--client-state FILE/);
    assert.match(await refused(dir, ...given, '--form', 'v9'), /is no form/);
    assert.match(await refused(dir, ...given, '--network', 'x-1'), /there is no network x-1/);
    assert.match(await refused(dir, ...given, '--title', 'x'.repeat(256)), /title has 256 bytes/);
    assert.match(await refused(dir, ...given, '--allow-cancel', 'soon'), /is no duration/);
  });
  it('takes the info that is given, of a manifest, or of the code', async () => {
    const dir = chainCopy('list');
    const sha = 'ab'.repeat(32);
    const info = `{"binaries":{"linux/amd64":"https://example.org/d?checksum=sha256:${sha}"}}`;
    const infoIn = ({ creates, edits }: PlanJson) => {
      const text = creates[0]?.text ?? edits[0]!.after;
      return (JSON.parse(text) as { messages: { plan: { info: string } }[] }).messages[0]!.plan
        .info;
    };
    const spaced = JSON.stringify(JSON.parse(info), null, 2);
    assert.equal(infoIn(await proposed(dir, ...given, '--info', spaced)), info);
    const other = chainCopy('list');
    writeFileSync(join(dir, 'm.json'), JSON.stringify({ ...JSON.parse(info), upgrade_kit: {} }));
    assert.equal(infoIn(await proposed(other, ...given, '--manifest', join(dir, 'm.json'))), info);
    assert.match(await refused(dir, ...given, '--info', 'see the docs'), /neither JSON nor a URL/);
    assert.match(await refused(dir, ...given, '--manifest', 'nowhere.json'), /cannot be read/);
    const bare = await proposed(dir, ...given, '--info', 'https://example.org/manifest.json');
    assert.ok(bare.notes.some(note => note.includes('without a checksum')));
  });
  it('is a command line where the SDK has no messages', async () => {
    const { creates, proposal } = await proposed(
      chainCopy('forks'),
      ...['v2', '--height', '500', '--deposit', '10utally', '--unregistered'],
    );
    assert.equal(proposal?.form, 'command');
    assert.match(
      proposal.submit,
      / tx gov submit-proposal software-upgrade v2 --upgrade-height 500/,
    );
    assert.match(creates[0]!.file, /proposal\.sh$/);
    assert.ok(creates[0]!.text.includes(`${proposal.submit} "$@"\n`));
  });
  it('cancels', async () => {
    const dir = chainCopy('list');
    const rest = ['--cancel', '--deposit', '10utally', '--authority', gov];
    const { creates, proposal } = await proposed(dir, 'v3', ...rest);
    assert.equal(creates[0]!.file, 'operators/local/v3/cancel.json');
    assert.match(creates[0]!.text, /MsgCancelUpgrade/);
    assert.equal(proposal?.height, null);
  });
});

describe('chain-upgrade proposal with a node', () => {
  it('asks it for deposit, periods, block time and height', async () => {
    const time = Date.UTC(2090, 0, 1);
    const { result } = await atNode({ time, authority: gov }, url =>
      proposed(chainCopy('list'), 'v3', '--node', url),
    );
    // 2·(2 d + 1 d) + 1 d at blocks of 6 s.
    const height = 100_000 + (7 * day) / 6;
    assert.deepEqual(
      { ...result.proposal, submit: '' },
      {
        form: 'v1',
        height,
        time: '2090-01-08T00:00:00Z',
        blockSeconds: { mean: 6, error: 0 },
        periods: { deposit: 2 * day, voting: day },
        submit: '',
      },
    );
    assert.match(result.creates[0]!.text, /"deposit": "5000000utally"/);
    assert.ok(result.notes.some(note => note.includes('as the upgrade module of the network')));
  });
  it('asks nothing where none is named', async () => {
    const { asked } = await atNode({}, async url => {
      const dir = chainCopy('list');
      const networks = { 'tally-1': { rest: url, authority: gov } };
      writeFileSync(join(dir, '.chain-upgrade.json'), JSON.stringify({ networks }));
      const rest = ['--network', 'tally-1', '--height', '500', '--deposit', '1utally'];
      const { creates } = await proposed(dir, 'v3', ...rest);
      assert.equal(creates[0]!.file, 'operators/tally-1/v3/proposal.json');
    });
    assert.deepEqual(asked, []);
  });
  it('takes the authority of the consensus parameters first from 0.54 on', async () => {
    const consensusAuthority = 'cosmos1qqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqnrql8a';
    const authorityAt = async (sdk: string) => {
      const { result } = await atNode({ sdk, authority: gov, consensusAuthority }, url =>
        proposed(chainCopy('list'), 'v3', '--node', url),
      );
      return /"authority": "(\w+)"/.exec(result.creates[0]!.text)?.[1];
    };
    assert.equal(await authorityAt('v0.54.2'), consensusAuthority);
    assert.equal(await authorityAt('v0.53.4'), gov);
  });
  it('refuses a height that may come before the vote ends', async () => {
    const run = (height: number, network: GovNetwork = {}, ...more: string[]) =>
      atNode({ authority: gov, ...network }, url =>
        proposed(chainCopy('list'), 'v3', '--node', url, '--height', String(height), ...more),
      );
    const blocks = day / 6;
    const early = (await run(100_000 + blocks - 10)).result.refused?.reason;
    assert.match(early!, /may come before the vote ends.*the vote takes 1 d/);
    const fits = (await run(100_000 + blocks + 10)).result;
    assert.equal(fits.refused, undefined);
    assert.ok(fits.notes.some(note => note.includes('may not be able to cancel')));
    // Blocks that came unevenly may come faster.
    assert.ok((await run(100_000 + blocks + 10, { uneven: 500 })).result.refused);
    const expedited = (await run(100_000 + blocks / 2 + 10, {}, '--expedited')).result;
    assert.equal(expedited.proposal?.periods?.voting, 43_200);
    assert.ok(expedited.notes.some(note => note.includes('goes on as a regular one')));
    assert.match(expedited.creates[0]!.text, /"deposit": "25000000utally"/);
    const poor = (await run(100_000 + blocks + 10, {}, '--deposit', '1utally')).result;
    assert.match(poor.refused!.reason, /the vote takes 3 d/);
  });
  it('refuses what is in the past', async () => {
    const past = async (...args: string[]) =>
      (
        await atNode({ authority: gov }, url =>
          refused(chainCopy('list'), 'v3', '--node', url, ...args),
        )
      ).result;
    assert.match(await past('--height', '99999'), /is in the past: the newest block is 100000/);
    assert.match(await past('--at', '2020-01-01T00:00:00Z'), /is in the past/);
  });
  it('makes a time a height', async () => {
    const time = Date.UTC(2090, 0, 1);
    const { result } = await atNode({ time, authority: gov }, url =>
      proposed(chainCopy('list'), 'v3', '--node', url, '--at', '2090-01-15T00:00:00Z'),
    );
    assert.equal(result.proposal?.height, 100_000 + (14 * day) / 6);
    assert.equal(result.proposal.time, '2090-01-15T00:00:00Z');
  });
  it('refuses another network than the one that is named', async () => {
    const { result } = await atNode({ authority: gov }, url => {
      const dir = chainCopy('list');
      const networks = { 'other-1': {} };
      writeFileSync(join(dir, '.chain-upgrade.json'), JSON.stringify({ networks }));
      return refused(dir, 'v3', '--node', url, '--network', 'other-1');
    });
    assert.match(result, /the node is on tally-1, not on other-1/);
  });
  it('refuses a cancel that comes too late, and of another plan', async () => {
    const run = (scheduled: { name: string; height: string }) =>
      atNode({ authority: gov, scheduled }, url =>
        proposed(chainCopy('list'), 'v3', '--cancel', '--node', url),
      );
    const late = (await run({ name: 'v3', height: '100100' })).result.refused?.reason;
    assert.match(late!, /height 100100 may come before the vote ends.*try --expedited/);
    const other = (await run({ name: 'v2', height: '200000' })).result.refused?.reason;
    assert.match(other!, /has v2 scheduled at 200000, not v3/);
    const good = (await run({ name: 'v3', height: '200000' })).result;
    assert.deepEqual([good.refused, good.proposal?.height], [undefined, 200_000]);
  });

  it('refuses a node that is none', async () => {
    const dir = chainCopy('list');
    assert.match(
      await refused(dir, 'v3', '--node', 'here'),
      /is no address of a node|is no address/,
    );
    const node = await restNode({});
    assert.match(await refused(dir, 'v3', '--node', node.url), /does not say which network/);
    node.close();
    assert.match(await refused(dir, 'v3', '--node', node.url), /cannot be asked/);
  });

  it('refuses in one line whatever a node answers that it should not', async () => {
    const dir = chainCopy('list');
    const before = treeOf(dir);
    const answers = govAnswers({ authority: gov });
    const other = await restNode(answers);
    const all = await atNode({ authority: gov }, url =>
      proposed(dir, 'v3', '--height', '250000', '--node', url, '--dry-run'),
    );
    // One older block stands for all of them.
    const [block] = all.asked.filter(path => /blocks\/\d/.test(path));
    const paths = new Set(all.asked.filter(path => !/blocks\/\d/.test(path) || path === block));
    const hostile: Record<string, readonly [(response: ServerResponse) => void, RegExp]> = {
      endless: [endless, /cannot be asked: its answer is too long$/],
      'sent elsewhere': [
        response => void response.writeHead(302, { location: other.url }).end(),
        /cannot be asked: .*redirect/,
      ],
      'no JSON': [response => void response.end('['.repeat(1 << 16)), /something else than JSON/],
      'a number': [response => void response.end('7'), /something else than JSON/],
      'cut off': [response => void response.destroy(), /cannot be asked: /],
    };
    for (const [what, [answer, reason]] of Object.entries(hostile)) {
      for (const path of paths) {
        const node = await restNode({ ...answers, [path]: answer });
        const words = await refused(dir, 'v3', '--height', '250000', '--node', node.url);
        node.close();
        assert.match(words, reason, `${what} at ${path}`);
        assert.equal(words.includes('\n'), false);
      }
    }
    other.close();
    assert.deepEqual(other.asked, []);
    assert.deepEqual(treeOf(dir), before);
  }).timeout(120_000);

  it('refuses answers of other types than they have', async () => {
    const dir = chainCopy('list');
    const info = '/cosmos/base/tendermint/v1beta1/node_info';
    const latest = '/cosmos/base/tendermint/v1beta1/blocks/latest';
    const plan = '/cosmos/upgrade/v1beta1/current_plan';
    const lying = { params: { voting_period: 7, max_deposit_period: '-1s', min_deposit: 'all' } };
    const cases: readonly (readonly [Record<string, unknown>, RegExp])[] = [
      [{ [info]: { default_node_info: { network: { $ne: 1 } } } }, /does not say which network/],
      [{ [info]: [] }, /does not say which network/],
      [
        {
          '/cosmos/gov/v1/params/voting': lying,
          '/cosmos/gov/v1/params/deposit': lying,
        },
        /deposit and voting periods/,
      ],
      [
        { [latest]: { block: { header: { height: '1e400', time: 'now' } } } },
        /does not show its newest block/,
      ],
      [{ [latest]: { block: [] } }, /does not show its newest block/],
      [{ [plan]: { plan: { name: 7, height: [] } } }, /a scheduled plan that cannot be read/],
      [{ [plan]: { plan: 'v9' } }, /a scheduled plan that cannot be read/],
    ];
    for (const [answers, reason] of cases) {
      const node = await restNode({ ...govAnswers({}), ...answers });
      const words = await refused(dir, 'v3', '--height', '250000', '--node', node.url);
      node.close();
      assert.match(words, reason, JSON.stringify(answers));
    }
  }).timeout(20_000);
});

/** Writes until nobody reads any more. */
function endless(response: ServerResponse): void {
  const more = () => {
    while (!response.destroyed && response.write('['.repeat(1 << 16)));
  };
  response.on('drain', more);
  more();
}
