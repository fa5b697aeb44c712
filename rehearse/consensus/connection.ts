import type { Socket } from 'node:net';
import { connect } from 'node:net';
import { flushRequest } from '../../core/rehearse/abci/requests.ts';
import { readAbciAnswer } from '../../core/rehearse/abci/responses.ts';
import type { WireMessage } from '../../core/rehearse/abci/wire.ts';
import { frameAt, framed } from '../../core/rehearse/abci/wire.ts';

/** Where an app listens: a socket's path, or a port of the loopback device. */
export type AppAddress = { readonly path: string } | { readonly port: number };

/** The app failed, and said why. */
export class AppException extends Error {}

/** The app ended the connection without an answer: its log says why. */
export class ConnectionClosed extends Error {
  constructor() {
    super('the node ended the connection');
  }
}

interface Waiting {
  readonly resolve: (message: WireMessage) => void;
  readonly reject: (error: unknown) => void;
}

/** A connection to an app: requests are answered in their order. */
export class AppConnection {
  private readonly socket: Socket;
  private readonly waiting: Waiting[] = [];
  private received: Buffer[] = [];
  private held = 0;
  /** How much has to be there before there is a whole answer. */
  private wanted = 1;
  private isClosed = false;

  private constructor(socket: Socket) {
    this.socket = socket;
    socket.on('data', (chunk: Buffer) => this.receive(chunk));
    // What went wrong is told by the close that follows.
    socket.on('error', () => {});
    socket.on('close', () => this.fail(new ConnectionClosed()));
  }

  /** Connects; rejects where nobody listens (yet). */
  static open(address: AppAddress): Promise<AppConnection> {
    return new Promise((resolve, reject) => {
      const socket = connect('path' in address ? address : { ...address, host: '127.0.0.1' });
      socket.once('error', reject);
      socket.once('connect', () => {
        socket.off('error', reject);
        resolve(new AppConnection(socket));
      });
    });
  }

  /** Sends a request and gives its answer. Throws `AppException` or `ConnectionClosed`. */
  ask(request: Uint8Array): Promise<WireMessage> {
    return new Promise((resolve, reject) => {
      if (this.isClosed) {
        reject(new ConnectionClosed());
        return;
      }
      this.waiting.push({ resolve, reject });
      this.socket.write(framed(request));
      this.socket.write(framed(flushRequest));
    });
  }

  close(): void {
    this.socket.destroy();
  }

  private receive(chunk: Buffer): void {
    this.received.push(chunk);
    this.held += chunk.length;
    if (this.held < this.wanted) return;
    const bytes = Buffer.concat(this.received);
    let at = 0;
    let frame = frameAt(bytes, at);
    for (; frame !== undefined && frame.end <= bytes.length; frame = frameAt(bytes, at)) {
      this.answer(bytes.subarray(frame.start, frame.end));
      at = frame.end;
    }
    this.received = [bytes.subarray(at)];
    this.held = bytes.length - at;
    this.wanted = frame === undefined ? 1 : frame.end - at;
  }

  private answer(bytes: Uint8Array): void {
    try {
      const answer = readAbciAnswer(bytes);
      if (answer.kind === 'answer') this.waiting.shift()?.resolve(answer.message);
      if (answer.kind === 'exception') this.waiting.shift()?.reject(new AppException(answer.words));
    } catch (error) {
      this.fail(error);
      this.close();
    }
  }

  private fail(error: unknown): void {
    this.isClosed = true;
    for (const { reject } of this.waiting.splice(0)) reject(error);
  }
}
