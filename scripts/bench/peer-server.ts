/**
 * A process of its own that answers as the nodes of many validators: `/N/status` and
 * `/N/abci_info` are those of the Nth, `/validators` is the set. Prints its port, and ends with its
 * standard input.
 */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

const count = Number(process.argv[2]);
const addressOf = (i: number) => i.toString(16).padStart(40, '0').toUpperCase();

const server = createServer((request, response) => {
  const { pathname, searchParams } = new URL(request.url!, 'http://peer');
  const [, first = '', second = ''] = pathname.split('/');
  const result = second === '' ? ofSet(first, searchParams) : ofPeer(Number(first), second);
  response.setHeader('content-type', 'application/json');
  response.end(JSON.stringify({ jsonrpc: '2.0', id: -1, result }));
});
server.listen(0, '127.0.0.1', () => console.log((server.address() as AddressInfo).port));
process.stdin.resume().on('end', () => process.exit(0));

function ofPeer(i: number, path: string): object {
  return path === 'status' ? status(i) : { response: { data: 'peer', version: 'v2.1.0' } };
}

function ofSet(path: string, asked: URLSearchParams): object {
  if (path === 'status') return status(0);
  if (path !== 'validators') return { response: { code: 6, log: 'no x/staking' } };
  const from = (Number(asked.get('page')) - 1) * 100;
  const validators = Array.from({ length: Math.max(0, Math.min(100, count - from)) }, (_, n) => ({
    address: addressOf(from + n),
    voting_power: '10',
  }));
  return { block_height: '77', validators, total: String(count) };
}

function status(i: number): object {
  return {
    node_info: { id: addressOf(i).toLowerCase(), network: 'bench-1', moniker: `peer-${i}` },
    sync_info: {
      latest_block_height: '90',
      latest_block_time: '2026-01-01T00:00:00Z',
      catching_up: false,
    },
    validator_info: { address: addressOf(i) },
  };
}
