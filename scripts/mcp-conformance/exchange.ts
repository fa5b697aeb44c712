import type { JSONRPCMessage, RequestId } from '@modelcontextprotocol/server';
import {
  isJSONRPCErrorResponse,
  isJSONRPCResponse,
  METHOD_NOT_FOUND,
} from '@modelcontextprotocol/server';

/** One request on HTTP, and what is answered: one message, or a stream of them. */
export class Exchange {
  /** The id that the client gave. */
  readonly id: RequestId;
  /** What notifications of progress name. */
  readonly progressToken: unknown;
  /** There as soon as the server said something. */
  readonly response: Promise<Response>;
  private respond!: (response: Response) => void;
  private stream: ReadableStreamDefaultController<string> | undefined;

  constructor(id: RequestId, progressToken: unknown) {
    this.id = id;
    this.progressToken = progressToken;
    this.response = new Promise(resolve => {
      this.respond = resolve;
    });
  }

  /** Takes a message of the server. */
  take(message: JSONRPCMessage): void {
    const isLast = isJSONRPCResponse(message);
    if (isLast && !this.stream) {
      this.respond(Response.json(message, { status: statusOf(message) }));
      return;
    }
    const stream = this.stream ?? this.begin();
    stream.enqueue(`event: message\ndata: ${JSON.stringify(message)}\n\n`);
    if (isLast) stream.close();
  }

  private begin(): ReadableStreamDefaultController<string> {
    const body = new ReadableStream<string>({
      start: controller => {
        this.stream = controller;
      },
    });
    this.respond(
      new Response(body.pipeThrough(new TextEncoderStream()), {
        headers: { 'content-type': 'text/event-stream' },
      }),
    );
    return this.stream!;
  }
}

/** The status that the HTTP binding of the 2026 protocol gives an answer. */
function statusOf(message: JSONRPCMessage): number {
  if (!isJSONRPCErrorResponse(message)) return 200;
  return message.error.code === METHOD_NOT_FOUND ? 404 : 400;
}
