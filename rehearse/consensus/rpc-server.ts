import type { IncomingMessage, Server } from 'node:http';
import { createServer } from 'node:http';
import type { TxOutcome } from '../../core/rehearse/abci/block.ts';
import { failure } from '../../host/errors.ts';
import type { AbciApp } from './app.ts';
import type { KeptBlocks } from './kept-blocks.ts';
import { txHash } from './kept-blocks.ts';
import { base64Of, blockAnswer, hexOf, statusAnswer, txAnswer } from './rpc-answers.ts';
import type { Standing } from './standing.ts';

/** The node that is asked: where its chain stands, what it remembers, and its app. */
export interface ServedNode {
  readonly standing: Standing;
  readonly blocks: KeptBlocks;
  readonly app: Pick<AbciApp, 'query'>;
  /** Checks a transaction, and makes a block with it where it is good. */
  broadcast(tx: Uint8Array): Promise<TxOutcome>;
}

/** The parameters of a call, as they were given. */
type Parameters = Readonly<Record<string, unknown>>;

/** A call that cannot be answered; the message is what the caller gets. */
class CallFailed extends Error {
  readonly code: number;
  constructor(code: number, message: string) {
    super(message);
    this.code = code;
  }
}

const methodNotFound = -32601;
const internalError = -32603;

/**
 * As much of CometBFT's RPC as a chain's own commands need, on the loopback device: JSON in the
 * body of a POST, or a method in the address with its parameters behind it.
 */
export class RpcServer {
  /** The node that answers. */
  node: ServedNode | undefined;
  private readonly server: Server;

  private constructor(server: Server) {
    this.server = server;
  }

  /** Throws where the port was taken meanwhile. */
  static async listen(port: number): Promise<RpcServer> {
    const server = createServer();
    const shim = new RpcServer(server);
    server.on('request', (request, response) => {
      void shim.respond(request).then(text => {
        response.setHeader('Content-Type', 'application/json');
        response.end(text);
      });
    });
    await new Promise<void>((resolve, reject) => {
      server.once('error', error =>
        reject(failure(`port ${port} of the loopback device cannot be used`, error)),
      );
      server.listen(port, '127.0.0.1', resolve);
    });
    return shim;
  }

  close(): Promise<void> {
    this.server.closeAllConnections();
    return new Promise(resolve => this.server.close(() => resolve()));
  }

  private async respond(request: IncomingMessage): Promise<string> {
    let id: unknown = -1;
    try {
      const call = await callIn(request);
      id = call.id;
      const result = await this.answer(call.method, call.parameters);
      return JSON.stringify({ jsonrpc: '2.0', id, result });
    } catch (error) {
      const code = error instanceof CallFailed ? error.code : internalError;
      const data = error instanceof Error ? error.message : String(error);
      const message = code === methodNotFound ? 'Method not found' : 'Internal error';
      return JSON.stringify({ jsonrpc: '2.0', id, error: { code, message, data } });
    }
  }

  private async answer(method: string, parameters: Parameters): Promise<object> {
    const { node } = this;
    if (!node) throw new CallFailed(internalError, 'no node runs');
    const { tip } = node.standing;
    switch (method) {
      case 'health':
        return {};
      case 'status':
        return statusAnswer(tip.chainId, tip.height, node.blocks.block(tip.height));
      case 'abci_info':
        return {
          response: {
            last_block_height: String(tip.height),
            last_block_app_hash: base64Of(tip.appHash),
          },
        };
      case 'abci_query':
        return query(node, parameters);
      case 'broadcast_tx_sync':
      case 'broadcast_tx_async': {
        const tx = bytesIn(parameters['tx'], 'base64');
        return broadcastAnswer(tx, await node.broadcast(tx));
      }
      case 'tx':
        return findTx(node, parameters);
      case 'block':
        return findBlock(node, parameters);
      default:
        throw new CallFailed(methodNotFound, `${method} is not served in a rehearsal`);
    }
  }
}

async function query(node: ServedNode, parameters: Parameters): Promise<object> {
  const path = textOf(parameters['path']);
  const height = Number(parameters['height'] ?? 0);
  const answer = await node.app.query(path, bytesIn(parameters['data'], 'hex'), { height });
  return {
    response: {
      code: answer.code,
      log: answer.log,
      info: '',
      index: '0',
      key: base64Of(answer.key),
      value: base64Of(answer.value),
      proofOps: null,
      height: String(answer.height),
      codespace: answer.codespace,
    },
  };
}

function broadcastAnswer(tx: Uint8Array, { code, log, codespace }: TxOutcome): object {
  return { code, data: '', log, codespace, hash: txHash(tx) };
}

function findTx(node: ServedNode, parameters: Parameters): object {
  const hash = hexOf(bytesIn(parameters['hash'], 'base64'));
  const found = node.blocks.tx(hash);
  if (!found) throw new CallFailed(internalError, `tx (${hash}) not found`);
  return txAnswer(found);
}

function findBlock(node: ServedNode, parameters: Parameters): object {
  const height = Number(parameters['height'] ?? 0) || node.standing.tip.height;
  const found = node.blocks.block(height);
  if (!found) throw new CallFailed(internalError, `block ${height} is not kept`);
  return blockAnswer(found);
}

/** Bytes as a call writes them: `0x` and hexadecimal in an address, else as the method has it. */
function bytesIn(value: unknown, encoding: 'hex' | 'base64'): Uint8Array {
  const text = textOf(value);
  return text.startsWith('0x') ? Buffer.from(text.slice(2), 'hex') : Buffer.from(text, encoding);
}

function textOf(value: unknown): string {
  return typeof value === 'string' ? value : '';
}

interface Call {
  readonly id: unknown;
  readonly method: string;
  readonly parameters: Parameters;
}

async function callIn(request: IncomingMessage): Promise<Call> {
  if (request.method === 'POST') {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const { id, method, params } = JSON.parse(Buffer.concat(chunks).toString()) as {
      id?: unknown;
      method?: string;
      params?: Parameters;
    };
    return { id: id ?? -1, method: method ?? '', parameters: params ?? {} };
  }
  const { pathname, searchParams } = new URL(request.url ?? '/', 'http://127.0.0.1');
  const parameters = [...searchParams].map(([name, value]) => [name, unquoted(value)]);
  return { id: -1, method: pathname.slice(1), parameters: Object.fromEntries(parameters) };
}

/** Texts stand in quotes in an address. */
function unquoted(value: string): string {
  return /^".*"$/s.test(value) ? value.slice(1, -1) : value;
}
