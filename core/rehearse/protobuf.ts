import { Refusal } from '../refusal.ts';

// The two answers that are asked of a node, as cosmos.upgrade.v1beta1 defines them; nothing else of
// protobuf is needed.

/** A field of a message: its number, and its value by wire type 0 (varint) or 2 (bytes). */
interface Field {
  readonly number: number;
  readonly value: number | Uint8Array;
}

/** QueryAppliedPlanRequest{name}. */
export function appliedPlanRequest(name: string): Uint8Array {
  const bytes = new TextEncoder().encode(name);
  return Uint8Array.from([0x0a, ...varint(bytes.length), ...bytes]);
}

/** QueryAppliedPlanResponse{height}: 0 where the plan was never applied. */
export function appliedHeight(response: Uint8Array): number {
  const height = [...fields(response)].find(field => field.number === 1)?.value;
  return typeof height === 'number' ? height : 0;
}

/** QueryModuleVersionsResponse{repeated {name, version}}. */
export function moduleVersions(response: Uint8Array): Map<string, number> {
  const versions = new Map<string, number>();
  for (const { number, value } of fields(response)) {
    if (number !== 1 || typeof value === 'number') continue;
    let name = '';
    let version = 0;
    for (const part of fields(value)) {
      if (part.number === 1 && typeof part.value !== 'number')
        name = new TextDecoder().decode(part.value);
      if (part.number === 2 && typeof part.value === 'number') version = part.value;
    }
    versions.set(name, version);
  }
  return versions;
}

function* fields(bytes: Uint8Array): Generator<Field> {
  let at = 0;
  const read = () => {
    // Heights and versions fit a double; the sign and the top bits are not of interest.
    for (let value = 0, scale = 1; ; scale *= 128) {
      const byte = bytes[at++];
      if (byte === undefined) throw new Refusal('the node sent a message that ends too early');
      value += (byte & 0x7f) * scale;
      if (byte < 0x80) return value;
    }
  };
  while (at < bytes.length) {
    const tag = read();
    const number = Math.floor(tag / 8);
    if (tag % 8 === 0) yield { number, value: read() };
    else if (tag % 8 === 2) {
      const length = read();
      if (at + length > bytes.length)
        throw new Refusal('the node sent a message that ends too early');
      yield { number, value: bytes.subarray(at, at + length) };
      at += length;
    } else throw new Refusal(`the node sent a field of wire type ${tag % 8}`);
  }
}

function varint(value: number): number[] {
  return value < 128 ? [value] : [(value % 128) + 128, ...varint(Math.floor(value / 128))];
}
