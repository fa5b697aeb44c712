import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import type { Block } from '../../../../core/rehearse/abci/block.ts';
import { initialState } from '../../../../core/rehearse/abci/genesis-state.ts';
import {
  beginBlockRequest,
  commitRequest,
  endBlockRequest,
  finalizeBlockRequest,
  flushRequest,
  infoRequest,
  initChainRequest,
  prepareProposalRequest,
  processProposalRequest,
  queryRequest,
} from '../../../../core/rehearse/abci/requests.ts';
import {
  appInfo,
  ended,
  finalized,
  isAccepted,
  queryAnswer,
  readAbciAnswer,
} from '../../../../core/rehearse/abci/responses.ts';
import { WireMessage } from '../../../../core/rehearse/abci/wire.ts';
import { nodeHashes } from '../../../../rehearse/consensus/hashes.ts';

const key = Uint8Array.from([0x0a, 1, 7]);
const signer = { key, address: Uint8Array.of(0xaa), power: 5n };
const block: Block = {
  chainId: 'c',
  height: 2,
  time: 1000,
  txs: [Uint8Array.of(1), new Uint8Array()],
  signers: [signer],
  proposer: Uint8Array.of(0xaa),
  hash: Uint8Array.of(0xbb),
  nextValidatorsHash: Uint8Array.of(0xcc),
  appHash: Uint8Array.of(0xdd),
};
// Validator{address aa, power 5}; a vote of it by each protocol.
const validator = [0x0a, 5, 0x0a, 1, 0xaa, 0x18, 5];
const signedFlag = [...validator, 0x18, 2];
const signedLast = [...validator, 0x10, 1];
const rest = [
  ...[0x22, 1, 0xbb],
  ...[0x28, 2],
  ...[0x32, 2, 8, 1],
  ...[0x3a, 1, 0xcc],
  ...[0x42, 1, 0xaa],
];

/** A request: its number in the oneof, and its bytes. */
function request(number: number, body: readonly number[]): number[] {
  const tag = number * 8 + 2;
  return [
    ...(tag < 128 ? [tag] : [(tag % 128) + 128, Math.floor(tag / 128)]),
    body.length,
    ...body,
  ];
}

describe('requests to an app', () => {
  it('have the numbers of tendermint.abci.Request', () => {
    assert.deepEqual([...flushRequest], [0x12, 0]);
    assert.deepEqual([...commitRequest()], [0x5a, 0]);
    assert.deepEqual([...endBlockRequest(2)], [0x52, 2, 8, 2]);
    assert.equal(infoRequest()[0], 0x1a);
    assert.deepEqual(
      [...queryRequest('/p', Uint8Array.of(9), { height: 3, prove: true })],
      request(6, [0x0a, 1, 9, 0x12, 2, 0x2f, 0x70, 0x18, 3, 0x20, 1]),
    );
  });

  it('give a whole block from CometBFT 0.38 on, empty transactions too', () => {
    const txs = [0x0a, 1, 1, 0x0a, 0];
    const commit = (vote: readonly number[]) => [0x12, vote.length + 2, 0x12, vote.length, ...vote];
    assert.deepEqual(
      [...finalizeBlockRequest(block)],
      request(20, [...txs, ...commit(signedFlag), ...rest]),
    );
    assert.deepEqual(
      [...processProposalRequest('0.38', block)],
      request(17, [...txs, ...commit(signedFlag), ...rest]),
    );
    assert.deepEqual(
      [...processProposalRequest('0.37', block)],
      request(17, [...txs, ...commit(signedLast), ...rest]),
    );
  });

  it('begin a block in CometBFT 0.37 with its header and the votes', () => {
    const header = [
      ...[0x0a, 2, 8, 11],
      ...[0x12, 1, 0x63],
      ...[0x18, 2],
      ...[0x22, 2, 8, 1],
      ...[0x52, 1, 0xcc],
      ...[0x5a, 1, 0xdd],
      ...[0x72, 1, 0xaa],
    ];
    const vote = [0x12, signedLast.length, ...signedLast];
    assert.deepEqual(
      [...beginBlockRequest(block)],
      request(7, [
        ...[0x0a, 1, 0xbb],
        ...[0x12, header.length, ...header],
        ...[0x1a, vote.length, ...vote],
      ]),
    );
  });

  it('ask a proposer with votes that have no extension', () => {
    const flagged = [...validator, 0x28, 2];
    const asked = (vote: readonly number[]) =>
      request(16, [
        ...[0x08, 100],
        ...[0x12, 1, 1, 0x12, 0],
        ...[0x1a, vote.length + 2, 0x12, vote.length, ...vote],
        ...rest.slice(3),
      ]);
    assert.deepEqual([...prepareProposalRequest('0.38', block, 100)], asked(flagged));
    assert.deepEqual([...prepareProposalRequest('0.37', block, 100)], asked(signedLast));
  });

  const params = {
    block: { max_bytes: '1', max_gas: '-1' },
    evidence: { max_age_num_blocks: '2', max_age_duration: '3000000000', max_bytes: '4' },
    validator: { pub_key_types: ['ed25519'] },
    version: { app: '6' },
    abci: { vote_extensions_enable_height: '7' },
  };
  const genesis = {
    genesis_time: '1970-01-01T00:00:01Z',
    chain_id: 'c',
    initial_height: '9',
    app_state: { a: 1 },
  };
  const validators = [{ pub_key: { type: 'tendermint/PubKeyEd25519', value: 'Bw==' }, power: '5' }];
  const expected = request(5, [
    ...[0x0a, 2, 8, 1],
    ...[0x12, 1, 0x63],
    ...[
      0x1a,
      44,
      ...[0x0a, 13, 8, 1, 0x10, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 1],
      ...[0x12, 8, 8, 2, 0x12, 2, 8, 3, 0x18, 4],
      ...[0x1a, 9, 0x0a, 7, ...Buffer.from('ed25519')],
      ...[0x22, 2, 8, 6],
      ...[0x2a, 2, 8, 7],
    ],
    ...[0x22, 7, 0x0a, 3, 0x0a, 1, 7, 0x10, 5],
    ...[0x2a, 7, ...Buffer.from('{"a":1}')],
    ...[0x30, 9],
  ]);
  const decode = (base64: string) => Buffer.from(base64, 'base64');
  const read = (json: object) =>
    initialState(JSON.parse(JSON.stringify(json)), { ...nodeHashes, decode });

  it('initialise a chain from its genesis: of SDK 0.50 on, and before', () => {
    for (const json of [
      { ...genesis, consensus: { params, validators } },
      { ...genesis, consensus_params: params, validators },
    ])
      assert.deepEqual([...initChainRequest(read(json))], expected);
  });

  it("take CometBFT's own parameters where a genesis has none", () => {
    const { params: bytes, validators: none } = read(genesis);
    const own = new WireMessage(bytes);
    assert.deepEqual(
      [own.message(1).int(1), own.message(1).int(2), own.message(2).int(1), own.message(3).text(1)],
      [4194304, -1, 100000, 'ed25519'],
    );
    assert.deepEqual(none, []);
    assert.throws(() => read({ app_state: {} }), /the genesis has no chain_id, or no genesis_time/);
  });
});

describe('answers of an app', () => {
  const message = (bytes: readonly number[]) => new WireMessage(Uint8Array.from(bytes));

  it('are told from failures and ends of batches', () => {
    assert.deepEqual(readAbciAnswer(Uint8Array.of(0x1a, 0)), { kind: 'flush' });
    assert.deepEqual(readAbciAnswer(Uint8Array.of(0x0a, 4, 0x0a, 2, 0x6e, 0x6f)), {
      kind: 'exception',
      words: 'no',
    });
    const info = readAbciAnswer(Uint8Array.of(0x22, 5, 0x20, 8, 0x2a, 1, 9));
    assert.ok(info.kind === 'answer');
    assert.deepEqual(appInfo(info.message), { height: 8, appHash: Uint8Array.of(9) });
    assert.throws(() => readAbciAnswer(new Uint8Array()), /an answer to nothing/);
  });

  it('are what became of a block and its transactions', () => {
    const event = [0x3a, 9, 0x0a, 1, 0x65, 0x12, 4, 0x0a, 1, 0x6b, 0x18];
    event.push(1);
    event[1] = 10;
    event[6] = 5;
    const tx = [0x08, 3, 0x1a, 1, 0x6c, 0x28, 7, 0x30, 6, ...event, 0x42, 1, 0x73];
    const update = [0x0a, 3, 0x0a, 1, 7, 0x10, 5];
    const executed = finalized(
      message([
        ...[0x12, tx.length, ...tx],
        ...[0x1a, update.length, ...update],
        ...[0x22, 8, 0x0a, 2, 8, 9, 0x2a, 2, 8, 7],
        ...[0x2a, 1, 0xee],
      ]),
      nodeHashes,
    );
    assert.deepEqual(executed.txs, [
      {
        code: 3,
        data: new Uint8Array(),
        log: 'l',
        gasWanted: 7n,
        gasUsed: 6n,
        codespace: 's',
        events: [{ type: 'e', attributes: [{ key: 'k', value: '' }] }],
      },
    ]);
    const address = createHash('sha256').update(Uint8Array.of(7)).digest().subarray(0, 20);
    assert.deepEqual(
      executed.validators.map(one => [[...one.key], [...one.address], one.power]),
      [[[0x0a, 1, 7], [...address], 5n]],
    );
    assert.deepEqual(executed.params, { maxBytes: 9, extensionsFrom: 7 });
    assert.deepEqual([...executed.appHash!], [0xee]);
    const before = ended(message([0x0a, update.length, ...update]), [], nodeHashes);
    assert.deepEqual([before.validators[0]!.power, before.appHash], [5n, undefined]);
    assert.deepEqual(before.params, { maxBytes: undefined, extensionsFrom: undefined });
  });

  it('give a validator with a secp256k1 key its own kind of address', () => {
    const update = [0x0a, 3, 0x12, 1, 7, 0x10, 5];
    const [joining] = finalized(message([0x1a, update.length, ...update]), nodeHashes).validators;
    const sha = createHash('sha256').update(Uint8Array.of(7)).digest();
    assert.deepEqual([...joining!.address], [...createHash('ripemd160').update(sha).digest()]);
  });

  it('are what a query came to, with its proof', () => {
    const operation = [0x0a, 1, 0x74, 0x12, 1, 1, 0x1a, 1, 2];
    const answer = queryAnswer(
      message([
        ...[0x08, 6, 0x1a, 1, 0x6c, 0x32, 1, 4, 0x3a, 1, 5],
        ...[0x42, operation.length + 2, 0x0a, operation.length, ...operation],
        ...[0x48, 11, 0x52, 1, 0x73],
      ]),
    );
    assert.deepEqual(answer, {
      code: 6,
      log: 'l',
      key: Uint8Array.of(4),
      value: Uint8Array.of(5),
      proof: [{ type: 't', key: Uint8Array.of(1), data: Uint8Array.of(2) }],
      height: 11,
      codespace: 's',
    });
    assert.deepEqual([isAccepted(message([8, 1])), isAccepted(message([8, 2]))], [true, false]);
  });
});
