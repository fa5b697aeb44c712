import { Refusal } from '../core/refusal.ts';
import type { HttpAnswer } from './commands/fetch-text.ts';
import { fetchText } from './commands/fetch-text.ts';
import { reasonOf } from './errors.ts';

/** A node that answers in JSON over http or https. Asked only where the user names it. */
export interface NodeAddress {
  /** Host and port, for messages. */
  readonly host: string;
  /** The address as it may be shown and committed: no path, which may hold a key. */
  readonly shown: string;
  /**
   * What the node answers to a path. Throws one line where it does not answer, with something else
   * than a JSON object, with too much, or sends elsewhere.
   */
  ask(path: string): Promise<Readonly<Record<string, unknown>>>;
  /** The same, but undefined where the node answers that it does not serve the path. */
  find(path: string): Promise<Readonly<Record<string, unknown>> | undefined>;
}

/** How an address was given, and how long an answer of it may take. */
export interface AddressOptions {
  /** The option or file that it stands in, for messages. */
  readonly option: string;
  /** An example, for messages. */
  readonly example: string;
  /** What the address is of, for messages: `REST`, `RPC`. */
  readonly kind: string;
  /** For one answer, in milliseconds; 15 seconds. */
  readonly timeout?: number | undefined;
}

/**
 * Reads a node's address. Throws one line where it is none; what may be a secret in it is not
 * repeated.
 */
export function nodeAddress(given: string, options: AddressOptions): NodeAddress {
  const { option, example, kind, timeout } = options;
  const quoted = isPlain(given) ? `${option} ${JSON.stringify(given)}` : option;
  // CometBFT's own tools write tcp.
  const address = given.replace(/^tcp:\/\//, 'http://');
  if (!URL.canParse(address)) throw new Refusal(`${quoted} is no address: write it as ${example}`);
  const url = new URL(address);
  if (!/^https?:$/.test(url.protocol))
    throw new Refusal(`${quoted} is no address of http or https: write it as ${example}`);
  if (url.username || url.password || url.search || url.hash)
    throw new Refusal(`${option} takes an address without user, password and query`);
  const base = url.href.replace(/\/+$/, '');
  const secret = url.pathname.replace(/\/+$/, '');
  const oneLineOf = (error: unknown) => {
    const reason = withoutSecret(reasonOf(error), secret);
    throw new Refusal(`${url.host} cannot be asked: ${reason}`);
  };
  const get = (path: string) => fetchText(`${base}${path}`, { redirect: 'error', timeout });
  return {
    host: url.host,
    shown: url.origin,
    ask: path =>
      get(path)
        .then(answer => jsonOf(answer, path, kind))
        .catch(oneLineOf),
    find: path =>
      get(path)
        .then(answer => (answer.ok ? jsonOf(answer, path, kind) : undefined))
        .catch(oneLineOf),
  };
}

/** Whether a text that is no address holds nothing but a name, so that it may be repeated. */
function isPlain(given: string): boolean {
  return /^(\w+:\/\/)?[\w.:-]{1,80}$/.test(given);
}

/** Servers repeat the path they were asked for. */
function withoutSecret(text: string, secret: string): string {
  return secret === '' ? text : text.replaceAll(secret, '');
}

function jsonOf(
  { ok, status, text }: HttpAnswer,
  path: string,
  kind: string,
): Readonly<Record<string, unknown>> {
  const shownPath = path.replace(/\?.*$/s, '');
  const json = parsed(text);
  if (!ok) throw new Refusal(`it answered ${status} to ${shownPath}${wordsOf(json)}`);
  // Tendermint gives errors with status 200.
  if (json?.['error'] && json['result'] === undefined)
    throw new Refusal(`it answered ${shownPath} with an error${wordsOf(json)}`);
  if (json === undefined)
    throw new Refusal(
      `it answered ${shownPath} with something else than JSON: is this the ${kind} address of a ` +
        'node?',
    );
  return json;
}

function parsed(text: string): Readonly<Record<string, unknown>> | undefined {
  try {
    const json: unknown = JSON.parse(text);
    return typeof json === 'object' && json !== null
      ? (json as Record<string, unknown>)
      : undefined;
  } catch {
    return undefined;
  }
}

/** What the gateway says went wrong: as gRPC's gateway does, or as JSON-RPC does. */
function wordsOf(json: Readonly<Record<string, unknown>> | undefined): string {
  const error = json?.['error'] as { message?: unknown; data?: unknown } | null | undefined;
  const candidates = [json?.['message'], error?.data, error?.message];
  const words = candidates.find(text => typeof text === 'string' && text !== '');
  return words === undefined ? '' : `: ${oneLine(words as string)}`;
}

/** A server's words, as far as they are shown: one line, no control characters. */
export function oneLine(text: string): string {
  return text
    .slice(0, 200)
    .replace(/[\p{Cc}\p{Cf}\s]+/gu, ' ')
    .trim();
}
