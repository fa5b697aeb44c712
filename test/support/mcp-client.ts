import { Client } from '@modelcontextprotocol/client';
import { StdioClientTransport } from '@modelcontextprotocol/client/stdio';
import { main } from './cli.ts';

/** The protocols that a client may speak: that of 2025, or the newest that both know. */
export const protocols = ['legacy', 'auto'] as const;

/** How a client that is played starts the server. */
export interface PlayedClient {
  readonly protocol?: (typeof protocols)[number];
  readonly args?: readonly string[];
  readonly cwd?: string;
  readonly capabilities?: object;
}

/** What a tool gave: an object, or why not. */
export type Called = Record<string, unknown> & { readonly error?: string };

/** A client of the server, by the SDK that clients use. */
export class McpClient {
  readonly client: Client;

  constructor(client: Client) {
    this.client = client;
  }

  /** Calls a tool. */
  async call(name: string, given: Record<string, unknown> = {}): Promise<Called> {
    const result = await this.client.callTool({ name, arguments: given });
    const [first] = result.content as { text?: string }[];
    if (result.isError) return { error: first?.text ?? '' };
    return result.structuredContent as Called;
  }

  close(): Promise<void> {
    return this.client.close();
  }
}

/** Starts the server as its client does. */
export async function startMcpClient({
  protocol = 'auto',
  args = [],
  cwd = process.cwd(),
  capabilities = {},
}: PlayedClient): Promise<McpClient> {
  const client = new Client(
    { name: 'test', version: '1' },
    { versionNegotiation: { mode: protocol }, capabilities },
  );
  const transport = new StdioClientTransport({
    command: process.execPath,
    args: [main, 'mcp', ...args],
    cwd,
  });
  await client.connect(transport);
  return new McpClient(client);
}
