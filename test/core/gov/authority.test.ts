import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { govAddress, isAddress } from '../../../core/gov/authority.ts';
import { bech32, prefixOf } from '../../../core/gov/bech32.ts';

/** Addresses of the gov module as the chains and their proposals publish them. */
const published = [
  'cosmos10d07y265gmmuvt4z0w9aw880jnsr700j6zn9kn',
  'osmo10d07y265gmmuvt4z0w9aw880jnsr700jjeq4qp',
  'juno10d07y265gmmuvt4z0w9aw880jnsr700jvss730',
  'terra10d07y265gmmuvt4z0w9aw880jnsr700juxf95n',
  'neutron10d07y265gmmuvt4z0w9aw880jnsr700j7a68v5',
  'gonka10d07y265gmmuvt4z0w9aw880jnsr700j2h5m33',
  'quick10d07y265gmmuvt4z0w9aw880jnsr700j3xrh0p',
  'push10d07y265gmmuvt4z0w9aw880jnsr700jzqqyzm',
  'dydx10d07y265gmmuvt4z0w9aw880jnsr700jnmapky',
  'kii10d07y265gmmuvt4z0w9aw880jnsr700jrff0qv',
] as const;

describe("the gov module's address", () => {
  for (const address of published)
    it(`is ${address}`, () => {
      assert.equal(govAddress(prefixOf(address)), address);
      assert.ok(isAddress(address));
    });
  it('is the hash of its name', () => {
    const hash = createHash('sha256').update('gov').digest().subarray(0, 20);
    assert.equal(govAddress('cosmos'), bech32('cosmos', hash));
  });
  it('has a prefix that ends at the last 1', () => assert.equal(prefixOf('a1b1qqqq'), 'a1b'));
  it('is told from other texts', () => {
    for (const text of ['', 'gov', 'cosmos1', 'Cosmos10d07y265gmmuvt4z0w9aw880jnsr700j6zn9kn'])
      assert.equal(isAddress(text), false, text);
  });
});
