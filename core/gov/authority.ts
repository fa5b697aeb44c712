import { bech32 } from './bech32.ts';

/**
 * The raw address of the account of the module `gov`: the first 20 bytes of its name's SHA-256
 * (x/auth/types NewModuleAddress), the same on every chain.
 */
const govAccount: readonly number[] = [
  0x7b, 0x5f, 0xe2, 0x2b, 0x54, 0x46, 0xf7, 0xc6, 0x2e, 0xa2, 0x7b, 0x8b, 0xd7, 0x1c, 0xef, 0x94,
  0xe0, 0x3f, 0x3d, 0xf2,
];

/** The address of the gov module's account, on a chain whose addresses begin with `prefix`. */
export function govAddress(prefix: string): string {
  return bech32(prefix, Uint8Array.from(govAccount));
}

/** Whether an address is that of the gov module's account, whatever the chain's prefix is. */
export function isGovAddress(address: string): boolean {
  return address === govAddress(address.slice(0, Math.max(0, address.lastIndexOf('1'))));
}

/** Whether a text has the form of an address of an account, of 20 or of 32 bytes. */
export function isAddress(text: string): boolean {
  return /^[a-z][a-z0-9]{0,82}1[02-9ac-hj-np-z]{38}([02-9ac-hj-np-z]{20})?$/.test(text);
}
