/**
 * An app without a chain that listens as one does without CometBFT: it answers what a rehearsal
 * asks, by the protocol of CometBFT 0.38.
 */
import type { Server, Socket } from 'node:net';
import { createServer } from 'node:net';
import {
  bytesField,
  frameAt,
  framed,
  intField,
  messageField,
  WireMessage,
} from '../../core/rehearse/abci/wire.ts';

/** What the app does; a thrown error is what it says before it ends the connection. */
export interface FakeApp {
  readonly height: () => number;
  /** Executes a block, whose time is in seconds since 1970; gives the app's hash. */
  readonly execute: (height: number, txs: readonly Uint8Array[], time: number) => Uint8Array;
  readonly commit: () => void;
  /** The transactions that it would propose of those that wait; all where absent. */
  readonly prepare?: (txs: readonly Uint8Array[]) => readonly Uint8Array[];
  /** The first height whose votes have extensions; absent or 0 for none. */
  readonly extensionsFrom?: () => number;
  /** Whether it accepts a block; absent: it does. */
  readonly accepts?: () => boolean;
  readonly query: (path: string) => { readonly code?: number; readonly value?: Uint8Array };
}

// Numbers of requests, and of what answers them, in tendermint.abci.Request and Response.
const answers: Readonly<Record<number, number>> = {
  2: 3,
  3: 4,
  5: 6,
  6: 7,
  8: 9,
  11: 12,
  16: 17,
  17: 18,
  20: 21,
};

/** Listens at an address as `--address` writes it. */
export function serveFakeApp(address: string, app: FakeApp): void {
  const [, protocol, rest] = /^(unix|tcp):\/\/(.*)$/.exec(address)!;
  const server = fakeAppServer(app);
  if (protocol === 'unix') server.listen(rest);
  else server.listen(Number(/:(\d+)$/.exec(rest!)![1]), '127.0.0.1');
}

/** Its server, which listens nowhere yet. */
export function fakeAppServer(app: FakeApp): Server {
  return createServer(socket => serve(socket, app));
}

function serve(socket: Socket, app: FakeApp): void {
  let bytes = Buffer.alloc(0);
  socket.on('error', () => {});
  socket.on('data', (chunk: Buffer) => {
    bytes = Buffer.concat([bytes, chunk]);
    for (let frame = frameAt(bytes, 0); frame && frame.end <= bytes.length; ) {
      const message = new WireMessage(bytes.subarray(frame.start, frame.end));
      bytes = bytes.subarray(frame.end);
      frame = frameAt(bytes, 0);
      const number = message.numbers[0]!;
      try {
        const body = answerTo(number, message.message(number), app);
        socket.write(framed(messageField(answers[number]!, ...body)));
      } catch (error) {
        socket.end(framed(messageField(1, bytesField(1, (error as Error).message))));
        return;
      }
    }
  });
}

function answerTo(number: number, request: WireMessage, app: FakeApp): Uint8Array[] {
  switch (number) {
    case 3:
      return [intField(4, app.height())];
    case 5:
      // One validator with a key of ed25519.
      return [messageField(2, messageField(1, bytesField(1, 'key')), intField(2, 1))];
    case 6: {
      const { code = 0, value = new Uint8Array() } = app.query(request.text(2));
      return [intField(1, code), bytesField(7, value)];
    }
    case 11:
      app.commit();
      return [];
    case 16:
      return (app.prepare ?? (txs => txs))(request.list(2)).map(tx => messageField(1, tx));
    case 17:
      return [intField(1, app.accepts?.() === false ? 2 : 1)];
    case 20: {
      const txs = request.list(1);
      const hash = app.execute(request.int(5), txs, request.message(6).int(1));
      const from = intField(1, app.extensionsFrom?.() ?? 0);
      const params = from.length > 0 ? [messageField(4, messageField(5, from))] : [];
      return [...txs.map(() => messageField(2)), ...params, bytesField(5, hash)];
    }
    default:
      return [];
  }
}
