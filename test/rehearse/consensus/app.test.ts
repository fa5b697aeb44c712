import assert from 'node:assert/strict';
import type { AddressInfo, Server, Socket } from 'node:net';
import { createServer } from 'node:net';
import type { Block } from '../../../core/rehearse/abci/block.ts';
import type { Tip } from '../../../core/rehearse/abci/tip.ts';
import { bytesField, framed, messageField } from '../../../core/rehearse/abci/wire.ts';
import { AbciApp } from '../../../rehearse/consensus/app.ts';
import {
  AppConnection,
  AppException,
  ConnectionClosed,
} from '../../../rehearse/consensus/connection.ts';
import { BlockProducer } from '../../../rehearse/consensus/producer.ts';
import type { FakeApp } from '../../support/fake-app.ts';
import { fakeAppServer } from '../../support/fake-app.ts';

const key = Uint8Array.of(0x0a, 1, 7);
const validator = { key, address: Uint8Array.of(1), power: 1n };
const tip: Tip = {
  chainId: 'c',
  height: 4,
  time: 0,
  appHash: Uint8Array.of(1),
  maxBytes: -1,
  signed: [validator],
  signing: [validator],
  following: [validator],
};

describe('a connection to an app', () => {
  const servers: Server[] = [];
  const sockets: Socket[] = [];
  after(() => {
    for (const server of servers) server.close();
    for (const socket of sockets) socket.destroy();
  });

  /** A server that does what is given with each connection; gives its port. */
  function listening(serve: (socket: Socket) => void): Promise<{ port: number }> {
    const server = createServer(serve);
    return listen(server);
  }
  function listen(server: Server): Promise<{ port: number }> {
    servers.push(server);
    server.on('connection', socket => sockets.push(socket));
    return new Promise(resolve =>
      server.listen(0, '127.0.0.1', () =>
        resolve({ port: (server.address() as AddressInfo).port }),
      ),
    );
  }

  const info = (height: number) => framed(messageField(4, Uint8Array.of(0x20, height)));

  it('gives answers in their order, whole though they come in pieces or several at once', async () => {
    const flush = framed(Uint8Array.of(0x1a, 0));
    const address = await listening(socket => {
      const bytes = Buffer.concat([
        info(1),
        flush,
        info(2),
        flush,
        framed(messageField(4, bytesField(5, 'x'.repeat(200_000)))),
      ]);
      socket.once('data', () => {
        socket.write(bytes.subarray(0, 3));
        setTimeout(() => socket.write(bytes.subarray(3, 300)), 5);
        setTimeout(() => socket.write(bytes.subarray(300)), 10);
      });
    });
    const connection = await AppConnection.open(address);
    const asked = await Promise.all([1, 2, 3].map(() => connection.ask(Uint8Array.of(0x1a, 0))));
    assert.deepEqual(
      asked.map(message => [message.int(4), message.bytes(5).length]),
      [
        [1, 0],
        [2, 0],
        [0, 200_000],
      ],
    );
    connection.close();
  });

  it("throws an app's own words, and says where it ended the connection without any", async () => {
    const address = await listening(socket => {
      socket.once('data', () =>
        socket.end(framed(messageField(1, bytesField(1, 'UPGRADE "v3" NEEDED')))),
      );
    });
    const connection = await AppConnection.open(address);
    const [first, second] = await Promise.allSettled([
      connection.ask(Uint8Array.of(0x1a, 0)),
      connection.ask(Uint8Array.of(0x1a, 0)),
    ]);
    assert.ok(first.status === 'rejected' && first.reason instanceof AppException);
    assert.equal(first.reason.message, 'UPGRADE "v3" NEEDED');
    assert.ok(second.status === 'rejected' && second.reason instanceof ConnectionClosed);
    await assert.rejects(connection.ask(Uint8Array.of(0x1a, 0)), ConnectionClosed);
  });

  it('throws where what comes is no answer', async () => {
    const address = await listening(socket => {
      socket.once('data', () => socket.write(framed(Uint8Array.of(0x0b))));
    });
    const connection = await AppConnection.open(address);
    await assert.rejects(connection.ask(Uint8Array.of(0x1a, 0)), /wire type 3/);
  });

  it('rejects where nobody listens', () =>
    assert.rejects(AppConnection.open({ path: '/nowhere/a.sock' })));

  describe('and the blocks that are made over it', () => {
    /** An app that does as is told, and what it was asked to execute. */
    async function producing(app: Partial<FakeApp> = {}, pending?: Block) {
      const executed: string[] = [];
      const server = fakeAppServer({
        height: () => 4,
        execute: (height, txs) => {
          executed.push(`${height} ${txs.map(String).join()}`);
          return Uint8Array.of(height);
        },
        commit: () => executed.push('commit'),
        query: () => ({}),
        ...app,
      });
      const connected = await AbciApp.open(await listen(server), '0.38');
      return { executed, producer: new BlockProducer(connected, tip, pending) };
    }

    it('are executed and committed one after another, with what waits for them', async () => {
      const { executed, producer } = await producing();
      await producer.make();
      producer.add(Buffer.from('a'));
      producer.add(Buffer.from('b'));
      const { outcomes } = await producer.make();
      await producer.make();
      assert.deepEqual(executed, ['5 ', 'commit', '6 a,b', 'commit', '7 ', 'commit']);
      assert.deepEqual([outcomes.length, [...producer.tip.appHash]], [2, [7]]);
    });

    it('have what the app puts in, and what it leaves out is tried again', async () => {
      let round = 0;
      const { executed, producer } = await producing({
        prepare: txs => (round++ === 0 ? [Buffer.from('own')] : [Buffer.from('own'), ...txs]),
      });
      producer.add(Buffer.from('a'));
      for (let i = 0; i < 3; i++) await producer.make();
      assert.deepEqual(
        executed.filter(line => line !== 'commit'),
        ['5 own', '6 own,a', '7 own'],
      );
    });

    it('come later once where time is to pass', async () => {
      const { producer } = await producing();
      producer.skip(1000);
      const times = [(await producer.make()).block.time, (await producer.make()).block.time];
      producer.pace = 300;
      times.push((await producer.make()).block.time);
      assert.deepEqual(times, [7000, 13_000, 13_300]);
    });

    it('that fail are kept, so that another version can be given the same', async () => {
      const { producer } = await producing({
        execute: () => {
          throw new Error('no');
        },
      });
      producer.add(Buffer.from('a'));
      await assert.rejects(producer.make(), AppException);
      const next = await producing({}, producer.pending);
      await next.producer.make();
      assert.deepEqual(next.executed, ['5 a', 'commit']);
    });

    it('are none where the app rejects its own proposal', async () => {
      const { executed, producer } = await producing({ accepts: () => false });
      await assert.rejects(producer.make(), /rejects the block 5 that it proposed itself/);
      assert.deepEqual(executed, []);
    });
  });
});
