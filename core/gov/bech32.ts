// BIP 173. Commands that would write an address for us either need a service the app may not have,
// or wait for a configuration nobody seals.
const alphabet = 'qpzry9x8gf2tvdw0s3jn54khce6mua7l';
const generators = [0x3b6a57b2, 0x26508e6d, 0x1ea119fa, 0x3d4233dd, 0x2a1462b3];

/** Bytes as an address with such a prefix. */
export function bech32(prefix: string, bytes: Uint8Array): string {
  const words = inFives(bytes);
  const check =
    checksum([
      ...[...prefix].map(c => c.charCodeAt(0) >> 5),
      0,
      ...[...prefix].map(c => c.charCodeAt(0) & 31),
      ...words,
      0,
      0,
      0,
      0,
      0,
      0,
    ]) ^ 1;
  const last = [25, 20, 15, 10, 5, 0].map(shift => (check >> shift) & 31);
  return `${prefix}1${[...words, ...last].map(word => alphabet[word]).join('')}`;
}

/** The prefix of an address. */
export function prefixOf(address: string): string {
  return address.slice(0, address.lastIndexOf('1'));
}

function inFives(bytes: Uint8Array): number[] {
  const words: number[] = [];
  let bits = 0;
  let held = 0;
  for (const byte of bytes) {
    held = ((held << 8) | byte) & 0xfff;
    for (bits += 8; bits >= 5; bits -= 5) words.push((held >> (bits - 5)) & 31);
  }
  if (bits > 0) words.push((held << (5 - bits)) & 31);
  return words;
}

function checksum(values: readonly number[]): number {
  let sum = 1;
  for (const value of values) {
    const top = sum >>> 25;
    sum = ((sum & 0x1ffffff) << 5) ^ value;
    generators.forEach((generator, i) => {
      if ((top >> i) & 1) sum ^= generator;
    });
  }
  return sum;
}
