import type { StdioServerParameters } from '@modelcontextprotocol/client/stdio';
import { StdioClientTransport } from '@modelcontextprotocol/client/stdio';
import type {
  JSONRPCMessage,
  JSONRPCNotification,
  JSONRPCRequest,
} from '@modelcontextprotocol/server';
import {
  CLIENT_CAPABILITIES_META_KEY,
  isJSONRPCNotification,
  isJSONRPCRequest,
  isJSONRPCResponse,
  PROTOCOL_VERSION_META_KEY,
  SUBSCRIPTION_ID_META_KEY,
} from '@modelcontextprotocol/server';
import { Exchange } from './exchange.ts';

type Meta = Readonly<Record<string, unknown>>;

/**
 * The protocol of 2026, whose requests carry all that a session would hold: one process answers all
 * of them, each under an id of ours.
 */
export class Stateless {
  private readonly program: StdioClientTransport;
  private readonly waiting = new Map<number, Exchange>();
  private last = 0;

  private constructor(command: StdioServerParameters) {
    this.program = new StdioClientTransport(command);
    this.program.onmessage = message => this.take(message);
  }

  /** Starts the process, and opens its connection in that protocol. */
  static async start(command: StdioServerParameters, version: string): Promise<Stateless> {
    const stateless = new Stateless(command);
    await stateless.program.start();
    const _meta = { [PROTOCOL_VERSION_META_KEY]: version, [CLIENT_CAPABILITIES_META_KEY]: {} };
    await stateless.ask({ jsonrpc: '2.0', id: 0, method: 'tools/list', params: { _meta } });
    return stateless;
  }

  /** Hands a request to the process; where the client leaves, the process is told. */
  async answer(request: Request): Promise<Response> {
    const message = (await request.json()) as JSONRPCMessage;
    if (isJSONRPCRequest(message)) return this.ask(message, request.signal);
    await this.program.send(message);
    return new Response(null, { status: 202 });
  }

  /** Ends the process. */
  close(): Promise<void> {
    return this.program.close();
  }

  private async ask(request: JSONRPCRequest, left?: AbortSignal): Promise<Response> {
    const id = ++this.last;
    const exchange = new Exchange(request.id, metaOf(request)['progressToken']);
    this.waiting.set(id, exchange);
    left?.addEventListener('abort', () => this.cancel(id));
    await this.program.send({ ...request, id });
    return exchange.response;
  }

  private cancel(id: number): void {
    if (!this.waiting.delete(id)) return;
    const params = { requestId: id };
    void this.program.send({ jsonrpc: '2.0', method: 'notifications/cancelled', params });
  }

  private take(message: JSONRPCMessage): void {
    if (isJSONRPCNotification(message)) {
      this.tell(message);
      return;
    }
    if (!isJSONRPCResponse(message)) return;
    const exchange = this.waiting.get(Number(message.id));
    if (!exchange) return;
    this.waiting.delete(Number(message.id));
    exchange.take({ ...message, id: exchange.id });
  }

  /** A notification goes to the request that it names. */
  private tell(message: JSONRPCNotification): void {
    const meta = metaOf(message);
    const subscribed = this.waiting.get(Number(meta[SUBSCRIPTION_ID_META_KEY]));
    if (subscribed) {
      const _meta = { ...meta, [SUBSCRIPTION_ID_META_KEY]: subscribed.id };
      subscribed.take({ ...message, params: { ...message.params, _meta } });
      return;
    }
    const token = message.params?.['progressToken'];
    if (token === undefined) return;
    for (const exchange of this.waiting.values())
      if (exchange.progressToken === token) exchange.take(message);
  }
}

function metaOf({ params }: JSONRPCRequest | JSONRPCNotification): Meta {
  return (params?._meta ?? {}) as Meta;
}
