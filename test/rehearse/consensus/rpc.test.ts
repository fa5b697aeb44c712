import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import type { TxOutcome } from '../../../core/rehearse/abci/block.ts';
import { KeptBlocks } from '../../../rehearse/consensus/kept-blocks.ts';
import type { ServedNode } from '../../../rehearse/consensus/rpc-server.ts';
import { RpcServer } from '../../../rehearse/consensus/rpc-server.ts';
import { freePort } from '../../../rehearse/free-ports.ts';

const tx = Buffer.from('a transaction');
const hash = createHash('sha256').update(tx).digest('hex').toUpperCase();
const good: TxOutcome = {
  code: 0,
  log: '',
  codespace: '',
  gasWanted: 9n,
  gasUsed: 8n,
  data: Uint8Array.of(1),
  events: [{ type: 'submit_proposal', attributes: [{ key: 'proposal_id', value: '1' }] }],
};
const block = {
  chainId: 'c',
  height: 7,
  time: 1000,
  txs: [tx],
  signers: [],
  proposer: Uint8Array.of(0xaa),
  hash: Uint8Array.of(0xbb),
  nextValidatorsHash: Uint8Array.of(0xcc),
  appHash: Uint8Array.of(0xdd),
};

describe("the RPC that a chain's commands speak to", () => {
  let rpc: RpcServer;
  let base: string;
  const asked: { path: string; data: string; height: number | undefined }[] = [];
  const blocks = new KeptBlocks();
  const node: ServedNode = {
    standing: {
      tip: {
        chainId: 'c',
        height: 7,
        time: 1000,
        appHash: Uint8Array.of(0xee),
        maxBytes: -1,
        signed: [],
        signing: [],
        following: [],
      },
    },
    blocks,
    app: {
      query: (path, data, at) => {
        asked.push({ path, data: Buffer.from(data).toString('hex'), height: at?.height });
        return Promise.resolve({
          code: 6,
          log: 'no such path',
          key: new Uint8Array(),
          value: Uint8Array.of(1, 2),
          height: 7,
          codespace: 'sdk',
          proof: [],
        });
      },
    },
    broadcast: given => {
      blocks.add({
        block: { ...block, txs: [given] },
        outcomes: [good],
        appHash: Uint8Array.of(0xee),
        finalizeMs: 0,
        commitMs: 0,
      });
      return Promise.resolve(good);
    },
  };
  before(async () => {
    const port = await freePort();
    base = `http://127.0.0.1:${port}`;
    rpc = await RpcServer.listen(port);
    rpc.node = node;
  });
  after(() => rpc.close());

  async function post(method: string, params: object): Promise<unknown> {
    const body = JSON.stringify({ jsonrpc: '2.0', id: 3, method, params });
    const answer = (await (await fetch(base, { method: 'POST', body })).json()) as {
      id: number;
      result: unknown;
      error: unknown;
    };
    assert.equal(answer.id, 3);
    return answer.result ?? answer.error;
  }
  async function get(path: string): Promise<unknown> {
    const answer = (await (await fetch(`${base}/${path}`)).json()) as {
      result: unknown;
      error: unknown;
    };
    return answer.result ?? answer.error;
  }

  it('tells the height, in a text, and the chain', async () => {
    const status = (await get('status')) as {
      node_info: { network: string };
      sync_info: { latest_block_height: string; catching_up: boolean };
    };
    assert.deepEqual(
      [
        status.node_info.network,
        status.sync_info.latest_block_height,
        status.sync_info.catching_up,
      ],
      ['c', '7', false],
    );
    assert.deepEqual(await post('abci_info', {}), {
      response: { last_block_height: '7', last_block_app_hash: '7g==' },
    });
  });

  it('hands queries on, as they are written in a body and in an address', async () => {
    const expected = {
      code: 6,
      log: 'no such path',
      info: '',
      index: '0',
      key: null,
      value: 'AQI=',
      proofOps: null,
      height: '7',
      codespace: 'sdk',
    };
    asked.length = 0;
    assert.deepEqual(await post('abci_query', { path: '/p', data: '0A0B', height: '5' }), {
      response: expected,
    });
    assert.deepEqual(await get('abci_query?path="/p"&data=0x0a0b'), { response: expected });
    assert.deepEqual(asked, [
      { path: '/p', data: '0a0b', height: 5 },
      { path: '/p', data: '0a0b', height: 0 },
    ]);
  });

  it('takes a transaction, and tells how it went in its block', async () => {
    assert.match(
      ((await get(`tx?hash=0x${hash}`)) as { data: string }).data,
      new RegExp(`^tx \\(${hash}\\) not found$`),
    );
    assert.deepEqual(await post('broadcast_tx_sync', { tx: tx.toString('base64') }), {
      code: 0,
      data: '',
      log: '',
      codespace: '',
      hash,
    });
    const expected = {
      hash,
      height: '7',
      index: 0,
      tx_result: {
        code: 0,
        data: 'AQ==',
        log: '',
        info: '',
        gas_wanted: '9',
        gas_used: '8',
        events: [
          {
            type: 'submit_proposal',
            attributes: [{ key: 'proposal_id', value: '1', index: true }],
          },
        ],
        codespace: '',
      },
      tx: tx.toString('base64'),
    };
    assert.deepEqual(await get(`tx?hash=0x${hash}&prove=false`), expected);
    const inBody = { hash: Buffer.from(hash, 'hex').toString('base64') };
    assert.deepEqual(await post('tx', inBody), expected);
  });

  it('shows a block, and says which it does not keep', async () => {
    const shown = (await get('block?height="7"')) as {
      block: { header: { height: string; time: string }; data: { txs: string[] } };
    };
    assert.deepEqual(
      [shown.block.header.height, shown.block.header.time, shown.block.data.txs],
      ['7', '1970-01-01T00:00:01.000Z', [tx.toString('base64')]],
    );
    assert.deepEqual(await get('block?height=3'), {
      code: -32603,
      message: 'Internal error',
      data: 'block 3 is not kept',
    });
  });

  it('refuses a port that is taken, in words', () =>
    assert.rejects(
      RpcServer.listen(Number(new URL(base).port)),
      /port \d+ of the loopback device cannot be used/,
    ));

  it('says what it does not serve, and survives what is no call', async () => {
    assert.deepEqual(await post('validators', {}), {
      code: -32601,
      message: 'Method not found',
      data: 'validators is not served in a rehearsal',
    });
    const broken = await fetch(base, { method: 'POST', body: '{' });
    assert.equal(((await broken.json()) as { error: { code: number } }).error.code, -32603);
    rpc.node = undefined;
    assert.equal(((await get('status')) as { data: string }).data, 'no node runs');
    rpc.node = node;
  });
});

describe('the blocks that are remembered', () => {
  it('are the newest, and all with transactions', () => {
    const kept = new KeptBlocks();
    for (let height = 1; height <= 300; height++)
      kept.add({
        block: { ...block, height, txs: height === 5 ? [tx] : [] },
        outcomes: height === 5 ? [good] : [],
        appHash: new Uint8Array(),
        finalizeMs: 0,
        commitMs: 0,
      });
    assert.deepEqual(
      [5, 6, 200, 201, 300].map(height => kept.block(height) !== undefined),
      [true, false, false, true, true],
    );
    assert.equal(kept.tx(hash.toLowerCase())!.made.block.height, 5);
    assert.equal(kept.tx('00'), undefined);
  });
});
