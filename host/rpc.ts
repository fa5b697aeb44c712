import { Refusal } from '../core/refusal.ts';
import { nodeAddress } from './node-address.ts';

/** What a node says of itself. */
export interface NodeStatus {
  readonly chainId: string;
  /** Of the newest block that it has stored. */
  readonly height: number;
  /** When that block was made, in milliseconds since 1970. */
  readonly time: number;
  readonly catchingUp: boolean;
  readonly moniker: string;
  /** Of its key on the network of peers: 40 hexadecimal digits in lower case. */
  readonly nodeId: string;
  /** Of the key that it signs blocks with: 40 hexadecimal digits in upper case. */
  readonly consensusAddress: string;
}

/** One page of the validators of a height. */
export interface ValidatorPage {
  readonly height: number;
  readonly total: number;
  readonly validators: readonly { readonly address: string; readonly power: bigint }[];
}

/** What a query of a node's state came to. */
export interface StateAnswer {
  readonly code: number;
  readonly log: string;
  readonly value: Uint8Array;
  /** The height of the state that was asked. */
  readonly height: number;
}

/** Asks a node's state: a path, the key or request, and a height, 0 for the newest. */
export type StateQuery = (path: string, data: Uint8Array, height: number) => Promise<StateAnswer>;

/** A node that answers on its RPC address, usually port 26657: CometBFT, or Tendermint 0.33. */
export interface NodeRpc {
  /** Host and port, for messages. */
  readonly host: string;
  /** The address as it may be shown. */
  readonly shown: string;
  status(): Promise<NodeStatus>;
  /** The version of the chain's software, empty where the app does not tell it. */
  appVersion(): Promise<string>;
  /** When a block was made, in milliseconds since 1970. */
  blockTime(height: number): Promise<number>;
  /** A page of 100 validators; without a height those of the newest block. */
  validators(page: number, height?: number): Promise<ValidatorPage>;
  readonly query: StateQuery;
}

type Json = Readonly<Record<string, unknown>>;

/** Opens a node's RPC address. Throws one line where it is none. `timeout` in milliseconds. */
export function openRpc(given: string, timeout?: number, option = '--rpc'): NodeRpc {
  const node = nodeAddress(given, {
    option,
    example: 'http://127.0.0.1:26657',
    kind: 'RPC',
    timeout,
  });
  const { host } = node;
  const ask = async (path: string): Promise<Json> => {
    const answer = await node.ask(path);
    // Some proxies leave the envelope out.
    return record(answer['result'] ?? answer);
  };
  const wrong = (what: string) => new Refusal(`${host} gave no ${what}: is this a node's RPC?`);
  const number = (value: unknown, what: string): number => {
    const read = typeof value === 'string' && /^\d{1,16}$/.test(value) ? Number(value) : value;
    if (Number.isSafeInteger(read) && (read as number) >= 0) return read as number;
    throw wrong(what);
  };
  const time = (value: unknown): number => {
    const read = typeof value === 'string' ? Date.parse(value) : Number.NaN;
    if (Number.isNaN(read)) throw wrong('time of a block');
    return read;
  };
  return {
    host,
    shown: node.shown,
    async status() {
      const answer = await ask('/status');
      const info = record(answer['node_info']);
      const sync = record(answer['sync_info']);
      const chainId = text(info['network']);
      if (chainId === '') throw wrong('chain id');
      return {
        chainId,
        height: number(sync['latest_block_height'], 'height'),
        time: time(sync['latest_block_time']),
        catchingUp: sync['catching_up'] === true,
        moniker: text(info['moniker']),
        nodeId: text(info['id']).toLowerCase(),
        consensusAddress: text(record(answer['validator_info'])['address']).toUpperCase(),
      };
    },
    async appVersion() {
      return text(record((await ask('/abci_info'))['response'])['version']);
    },
    async blockTime(height) {
      const header = record(record((await ask(`/block?height=${height}`))['block'])['header']);
      return time(header['time']);
    },
    async validators(page, height) {
      const at = height === undefined ? '' : `&height=${height}`;
      const answer = await ask(`/validators?page=${page}&per_page=100${at}`);
      const listed = answer['validators'];
      if (!Array.isArray(listed)) throw wrong('validators');
      return {
        height: number(answer['block_height'], 'height of the validators'),
        total: number(answer['total'], 'number of validators'),
        validators: listed.map(record).map(({ address, voting_power: power }) => {
          if (!/^[0-9A-F]{40}$/i.test(text(address))) throw wrong('address of a validator');
          if (!/^\d{1,19}$/.test(String(power))) throw wrong('voting power of a validator');
          return { address: text(address).toUpperCase(), power: BigInt(String(power)) };
        }),
      };
    },
    async query(path, data, height) {
      const quoted = encodeURIComponent(JSON.stringify(path));
      const hex = Buffer.from(data).toString('hex');
      const at = height === 0 ? '' : `&height=${height}`;
      const answer = record(
        (await ask(`/abci_query?path=${quoted}&data=0x${hex}${at}`))['response'],
      );
      return readStateAnswer(answer, host);
    },
  };
}

/** Reads the answer to a query of state, as RPC and REST give it. */
export function readStateAnswer(answer: Json, host: string): StateAnswer {
  const { code = 0, log = '', value, height = '0' } = answer;
  const isNumber = (given: unknown) => /^\d{1,15}$/.test(String(given));
  if (!isNumber(code) || !isNumber(height))
    throw new Refusal(`${host} answered a query with something else than a query's answer`);
  return {
    code: Number(code),
    log: text(log),
    value: Buffer.from(text(value ?? ''), 'base64'),
    height: Number(height),
  };
}

function text(value: unknown): string {
  return typeof value === 'string' ? value : '';
}

function record(value: unknown): Json {
  return typeof value === 'object' && value !== null ? (value as Json) : {};
}
