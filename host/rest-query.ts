import { nodeAddress } from './node-address.ts';
import type { StateQuery } from './rpc.ts';
import { readStateAnswer } from './rpc.ts';

/**
 * Asks a node's state by its REST address, which hands such queries on since SDK 0.46. `timeout` is
 * for one answer, in milliseconds.
 */
export function restQuery(
  address: string,
  timeout?: number,
): { readonly host: string; readonly query: StateQuery } {
  const node = nodeAddress(address, {
    option: '--node',
    example: 'https://rest.example.org',
    kind: 'REST',
    timeout,
  });
  return {
    host: node.host,
    async query(path, data, height) {
      const asked = new URLSearchParams({
        path,
        data: Buffer.from(data).toString('base64'),
        height: String(height),
      });
      const answer = await node.ask(
        `/cosmos/base/tendermint/v1beta1/abci_query?${asked.toString()}`,
      );
      return readStateAnswer(answer, node.host);
    },
  };
}
