/** A key prefix that a migration gives up for another one, as bytes. */
export interface PrefixMove {
  readonly old: readonly number[];
  readonly now: readonly number[];
}

/**
 * Reads `0x01=0x11`. The reason is given where it is none, or where moved entries could not be told
 * from those still to be moved.
 */
export function prefixMove(text: string): PrefixMove | { readonly error: string } {
  const sides = text.split('=').map(side => bytesOf(side.trim()));
  const [old, now] = sides;
  if (sides.length !== 2 || !old || !now)
    return {
      error:
        `${JSON.stringify(text)} is not a change of a key prefix; ` +
        'write OLD=NEW in bytes, such as 0x01=0x11',
    };
  if (startsWith(old, now) || startsWith(now, old))
    return {
      error:
        `${text}: one prefix begins with the other, so entries that were moved could not be told ` +
        'from the others',
    };
  return { old, now };
}

/** Reads `0x0102`. */
export function bytesOf(text: string): readonly number[] | undefined {
  const digits = /^0[xX]((?:[0-9a-fA-F]{2})+)$/.exec(text)?.[1];
  if (digits === undefined) return undefined;
  return [...digits.matchAll(/../g)].map(([pair]) => parseInt(pair, 16));
}

function startsWith(a: readonly number[], b: readonly number[]): boolean {
  return b.every((byte, i) => a[i] === byte);
}

/** Bytes as a Go expression: `[]byte{0x01}`. */
export function goBytes(bytes: readonly number[]): string {
  return `[]byte{${bytes.map(byte => `0x${hex(byte)}`).join(', ')}}`;
}

/** Bytes and a text behind them as a Go string: `"\x01key"`. */
export function goKey(bytes: readonly number[], text: string): string {
  return `"${bytes.map(byte => `\\x${hex(byte)}`).join('')}${text}"`;
}

function hex(byte: number): string {
  return byte.toString(16).padStart(2, '0');
}
