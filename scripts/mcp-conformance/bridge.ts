import type { StdioServerParameters } from '@modelcontextprotocol/client/stdio';
import { isLegacyRequest } from '@modelcontextprotocol/server';
import { listen } from './http.ts';
import { Sessions } from './sessions.ts';
import { Stateless } from './stateless.ts';

/** The MCP server, reachable over HTTP. */
export interface Bridge {
  readonly url: string;
  close(): Promise<void>;
}

/**
 * Puts a server that speaks on standard input and output behind streamable HTTP, which is all that
 * the conformance suite speaks. Messages pass as they are; headers, sessions and statuses are the
 * bridge's own. `version` is that of the newest protocol.
 */
export async function startBridge(
  command: StdioServerParameters,
  version: string,
): Promise<Bridge> {
  const sessions = new Sessions(command);
  const stateless = await Stateless.start(command, version);
  const { origin, close } = await listen(async request =>
    (await isLegacyRequest(request)) ? sessions.answer(request) : stateless.answer(request),
  );
  return {
    url: `${origin}/mcp`,
    close: async () => {
      close();
      await Promise.all([sessions.close(), stateless.close()]);
    },
  };
}
