import type { ServerResponse } from 'node:http';
import { bytesField, messageField } from '../../core/rehearse/abci/wire.ts';
import { joinedBytes } from '../../core/rehearse/wire-bytes.ts';
import type { LoopbackServer } from './loopback-server.ts';
import { loopbackServer } from './loopback-server.ts';

/** What is answered to a path of an RPC: a result, or whatever a function writes. */
export type RpcAnswer = object | ((response: ServerResponse, url: URL) => void);

/** A server that answers as CometBFT's RPC does; what has no answer is not found. */
export function rpcNode(answers: Readonly<Record<string, RpcAnswer>>): Promise<LoopbackServer> {
  return loopbackServer((request, response) => {
    const url = new URL(request.url!, 'http://node');
    const known = answers[url.pathname];
    if (typeof known === 'function') known(response, url);
    else if (known === undefined) response.writeHead(404).end('404 page not found');
    else result(response, known);
  });
}

/** Sends a result in JSON-RPC's envelope. */
export function result(response: ServerResponse, answer: unknown): void {
  response.setHeader('content-type', 'application/json');
  response.end(JSON.stringify({ jsonrpc: '2.0', id: -1, result: answer }));
}

/** Sends an error as CometBFT 0.37 and later do. */
export function rpcError(response: ServerResponse, data: string): void {
  response.writeHead(500, { 'content-type': 'application/json' });
  response.end(
    JSON.stringify({
      jsonrpc: '2.0',
      id: -1,
      error: { code: -32603, message: 'Internal error', data },
    }),
  );
}

/** What `/status` says (CometBFT 0.38). */
export function statusAnswer({
  chainId = 'tally-1',
  height = 90,
  time = '2026-05-04T03:02:01.000000001Z',
  catchingUp = false,
  moniker = 'a node',
  nodeId = '00'.repeat(20),
  address = 'AA'.repeat(20),
} = {}): object {
  return {
    node_info: { id: nodeId, network: chainId, moniker, version: '0.38.19' },
    sync_info: {
      latest_block_height: String(height),
      latest_block_time: time,
      catching_up: catchingUp,
    },
    validator_info: { address, voting_power: '1' },
  };
}

/** An entry of a store: its key and value in hexadecimal. */
export type StorePair = readonly [key: string, value: string];

/** Answers queries of the `subspace` of stores, and gRPC's where there are some. */
export function queryAnswers(
  stores: Readonly<Record<string, readonly StorePair[]>>,
  height: number,
  grpc: Readonly<Record<string, (data: Uint8Array) => Uint8Array>> = {},
): RpcAnswer {
  return (response, url) => {
    const path = JSON.parse(url.searchParams.get('path')!) as string;
    const data = Buffer.from(url.searchParams.get('data')!.slice(2), 'hex');
    const asked = Number(url.searchParams.get('height') ?? 0) || height;
    result(response, { response: abciAnswer(stores, grpc, { path, data, asked, height }) });
  };
}

/** What the app answers to a query. */
export function abciAnswer(
  stores: Readonly<Record<string, readonly StorePair[]>>,
  grpc: Readonly<Record<string, (data: Uint8Array) => Uint8Array>>,
  { path, data, asked, height }: { path: string; data: Buffer; asked: number; height: number },
): object {
  const [, store] = /^\/store\/(\w+)\/subspace$/.exec(path) ?? [];
  const pairs = store === undefined ? undefined : stores[store];
  if (asked > height)
    return { code: 26, log: `cannot query with height in the future; ${asked}`, height: '0' };
  if (grpc[path]) return { code: 0, ...encoded(grpc[path](data)), height: String(asked) };
  if (!pairs) return { code: 6, log: `no such store: ${store ?? path}`, height: '0' };
  const found = pairs.filter(([key]) => key.startsWith(data.toString('hex')));
  const bytes = found.map(([key, value]) =>
    messageField(
      1,
      bytesField(1, Buffer.from(key, 'hex')),
      bytesField(2, Buffer.from(value, 'hex')),
    ),
  );
  return { code: 0, ...encoded(joinedBytes(bytes)), height: String(asked) };
}

function encoded(bytes: Uint8Array): { value: string | null } {
  return { value: bytes.length === 0 ? null : Buffer.from(bytes).toString('base64') };
}
