import assert from 'node:assert/strict';
import { networksIn } from '../../../core/gov/networks.ts';
import { readConfig } from '../../../core/lint/config.ts';

const authority = 'cosmos10d07y265gmmuvt4z0w9aw880jnsr700j6zn9kn';
const whole = {
  rest: 'https://rest.example.org',
  rpc: 'http://127.0.0.1:26657',
  prefix: 'cosmos',
  denom: 'ibc/27394FB092D2ECCD',
  authority,
  home: '$HOME/.gaia',
};

describe('the networks of a configuration', () => {
  it('are read', () => {
    const text = JSON.stringify({ networks: { 'cosmoshub-4': whole, 'local-1': {} } });
    assert.ok(!('error' in readConfig(text)));
    assert.deepEqual(networksIn(text), { 'cosmoshub-4': whole, 'local-1': {} });
    assert.deepEqual(networksIn(undefined), {});
  });
  const wrong: readonly (readonly [networks: unknown, message: RegExp])[] = [
    [[], /object of chain ids/],
    [{ '../x': {} }, /"\.\.\/x", which is no chain id/],
    [{ a: [] }, /a has to be an object/],
    [{ a: { node: 'x' } }, /a has no "node"; it may have rest, rpc/],
    [{ a: { toString: 'x' } }, /a has no "toString"/],
    [{ a: { rest: 'file:///etc/passwd' } }, /"rest" of a has to be an address of http/],
    [{ a: { prefix: 5 } }, /"prefix" of a has to be/],
    [{ a: { denom: '5 atoms' } }, /"denom" of a/],
    [{ a: { authority: 'me' } }, /"authority" of a/],
    [{ a: { home: '$(rm -r /)`x`' } }, /"home" of a/],
  ];
  for (const [networks, message] of wrong)
    it(`are refused: ${JSON.stringify(networks)}`, () => {
      const text = JSON.stringify({ networks });
      const read = readConfig(text);
      assert.match('error' in read ? String(read.error) : '', message);
      assert.deepEqual(networksIn(text), {});
    });
});
