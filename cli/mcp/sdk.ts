/**
 * The part of the MCP SDK that the server uses. The build bundles this one file: the packages are
 * twenty times its size, and whoever never starts the server need not install them.
 */
export type { CallToolResult, ServerContext } from '@modelcontextprotocol/server';
export {
  acceptedContent,
  inputRequired,
  McpServer,
  ResourceTemplate,
} from '@modelcontextprotocol/server';
export { serveStdio } from '@modelcontextprotocol/server/stdio';
export * as z from 'zod';
