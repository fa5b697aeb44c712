import { randomUUID } from 'node:crypto';
import type { StdioServerParameters } from '@modelcontextprotocol/client/stdio';
import { StdioClientTransport } from '@modelcontextprotocol/client/stdio';
import { WebStandardStreamableHTTPServerTransport } from '@modelcontextprotocol/server';

/** The protocols of 2025: each session has a process of its own. */
export class Sessions {
  private readonly command: StdioServerParameters;
  private readonly open = new Map<string, WebStandardStreamableHTTPServerTransport>();

  /** `command` starts the server that speaks on standard input and output. */
  constructor(command: StdioServerParameters) {
    this.command = command;
  }

  /** Hands a request to the process of its session; `initialize` begins one. */
  async answer(request: Request): Promise<Response> {
    const id = request.headers.get('mcp-session-id');
    if (id === null) return (await this.begin()).handleRequest(request);
    const session = this.open.get(id);
    return session ? session.handleRequest(request) : new Response(null, { status: 404 });
  }

  /** Ends all sessions. */
  async close(): Promise<void> {
    await Promise.all([...this.open.values()].map(session => session.close()));
  }

  private async begin(): Promise<WebStandardStreamableHTTPServerTransport> {
    const program = new StdioClientTransport(this.command);
    const session = new WebStandardStreamableHTTPServerTransport({
      sessionIdGenerator: randomUUID,
      onsessioninitialized: id => void this.open.set(id, session),
      onsessionclosed: id => void this.open.delete(id),
    });
    session.onmessage = message => void program.send(message).catch(() => session.close());
    program.onmessage = message => void session.send(message).catch(() => {});
    session.onclose = () => void program.close();
    program.onclose = () => void session.close();
    await program.start();
    await session.start();
    return session;
  }
}
