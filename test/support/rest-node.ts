import type { ServerResponse } from 'node:http';
import type { LoopbackServer } from './loopback-server.ts';
import { loopbackServer } from './loopback-server.ts';

/**
 * A server that answers as a node's gRPC gateway does (SDK 0.50): snake_case names, 64-bit numbers
 * as text, code 12 for what it does not serve.
 */
export function restNode(answers: Readonly<Record<string, unknown>>): Promise<LoopbackServer> {
  return loopbackServer((request, response) => {
    const answer = answers[request.url!];
    if (typeof answer === 'function') {
      (answer as (r: ServerResponse) => void)(response);
      return;
    }
    response.writeHead(answer === undefined ? 501 : 200, { 'content-type': 'application/json' });
    response.end(JSON.stringify(answer ?? { code: 12, message: 'Not Implemented', details: [] }));
  });
}

/** What a node of a network answers. */
export function nodeAnswers({
  network = 'tally-1',
  version = '1.0.0',
  commit = '',
  modules = { bank: '4', counter: '1', upgrade: '2' },
  applied = {},
}: {
  network?: string;
  version?: string;
  commit?: string;
  modules?: Record<string, string>;
  applied?: Record<string, string>;
}): Record<string, unknown> {
  return {
    '/cosmos/base/tendermint/v1beta1/node_info': {
      default_node_info: {
        protocol_version: { p2p: '8', block: '11', app: '0' },
        default_node_id: '5f2b6a1d',
        listen_addr: 'tcp://0.0.0.0:26656',
        network,
        version: '0.38.17',
        channels: 'QCAhIiMwOGBhAA==',
        moniker: 'a node',
        other: { tx_index: 'on', rpc_address: 'tcp://0.0.0.0:26657' },
      },
      application_version: {
        name: 'tally',
        app_name: 'tallyd',
        version,
        git_commit: commit,
        build_tags: 'netgo',
        go_version: 'go version go1.23.6 linux/amd64',
        build_deps: [],
        cosmos_sdk_version: 'v0.50.13',
      },
    },
    '/cosmos/upgrade/v1beta1/module_versions': {
      module_versions: Object.entries(modules).map(([name, of]) => ({ name, version: of })),
    },
    ...Object.fromEntries(
      Object.entries(applied).map(([name, height]) => [
        `/cosmos/upgrade/v1beta1/applied_plan/${name}`,
        { height },
      ]),
    ),
  };
}
