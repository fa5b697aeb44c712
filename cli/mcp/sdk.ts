/**
 * The part of the MCP SDK that the server uses. The build bundles this one file: the packages are
 * twenty times its size, and whoever never starts the server need not install them.
 */
export type {
  CallToolResult,
  JSONRPCErrorResponse,
  JSONRPCMessage,
  ServerContext,
  Transport,
} from '@modelcontextprotocol/server';
export {
  acceptedContent,
  inputRequired,
  isJSONRPCRequest,
  McpServer,
  PROTOCOL_VERSION_META_KEY,
  ResourceTemplate,
  UnsupportedProtocolVersionError,
} from '@modelcontextprotocol/server';
export { StdioServerTransport, serveStdio } from '@modelcontextprotocol/server/stdio';
export * as z from 'zod';
