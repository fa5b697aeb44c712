import type { JSONRPCErrorResponse, JSONRPCMessage, Transport } from './sdk.ts';
import {
  isJSONRPCRequest,
  PROTOCOL_VERSION_META_KEY,
  UnsupportedProtocolVersionError,
} from './sdk.ts';

/** The revisions whose requests name theirs; a test compares them with what the SDK serves. */
const supported: readonly string[] = ['2026-07-28'];

/**
 * A transport on which a request is refused that names a revision of the protocol which is not
 * served. The SDK refuses only the one that opens a connection, and serves those that follow.
 */
export function refusingUnknownProtocols(wire: Transport): Transport {
  const checked: Transport = {
    start: () => {
      wire.onmessage = (message, extra) => {
        const refused = refusalOf(message);
        if (refused) wire.send(refused).catch((error: Error) => checked.onerror?.(error));
        else checked.onmessage?.(message, extra);
      };
      wire.onclose = () => checked.onclose?.();
      wire.onerror = error => checked.onerror?.(error);
      return wire.start();
    },
    send: (message, options) => wire.send(message, options),
    close: () => wire.close(),
  };
  return checked;
}

/** The answer to a request of another revision; nothing where it is to be served. */
function refusalOf(message: JSONRPCMessage): JSONRPCErrorResponse | undefined {
  if (!isJSONRPCRequest(message)) return undefined;
  const requested = message.params?._meta?.[PROTOCOL_VERSION_META_KEY];
  if (typeof requested !== 'string' || supported.includes(requested)) return undefined;
  const error = new UnsupportedProtocolVersionError({ supported: [...supported], requested });
  return {
    jsonrpc: '2.0',
    id: message.id,
    error: { code: error.code, message: error.message, data: error.data },
  };
}
