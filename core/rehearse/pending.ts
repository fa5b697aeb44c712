import { bytesField, WireMessage } from './abci/wire.ts';
import type { Undecodable } from './result.ts';
import type { HeldType } from './state-facts.ts';

/** The service that every app of the SDK registers with its query router (baseapp/grpcrouter.go). */
export const reflectionService = '/cosmos.base.reflection.v1beta1.ReflectionService';

/** The names of a ListAllInterfacesResponse, or the types of a ListImplementationsResponse. */
export function listedNames(answer: Uint8Array): string[] {
  return new WireMessage(answer).list(1).map(name => new TextDecoder().decode(name));
}

/** ListImplementationsRequest{interface_name 1}. */
export function implementationsRequest(name: string): Uint8Array {
  return bytesField(1, name);
}

/**
 * What a state holds and a version cannot decode, of the types that the version has registered. A
 * grant of a message that is gone can be decoded, and permits nothing: it is told as well.
 */
export function undecodable(
  held: readonly HeldType[],
  registered: ReadonlySet<string>,
): Undecodable[] {
  return held
    .filter(({ type }) => !registered.has(type))
    .map(one => ({ what: whatHolds(one), type: one.type }));
}

const counted: Readonly<Record<string, readonly [one: string, many: string]>> = {
  authz: ['grant', 'grants'],
  feegrant: ['fee allowance', 'fee allowances'],
  acc: ['account', 'accounts'],
};

function whatHolds({ store, id, count }: HeldType): string {
  if (store === 'gov') return `proposal ${id}`;
  if (store === 'group') return `proposal ${id} of a group`;
  const [one, many] = counted[store] ?? [`entry of ${store}`, `entries of ${store}`];
  return count === 1 ? `1 ${one}` : `${count} ${many}`;
}
