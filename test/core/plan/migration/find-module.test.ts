import assert from 'node:assert/strict';
import type { Chain, Module } from '../../../../core/chain/chain.ts';
import { modulesNamed } from '../../../../core/plan/migration/find-module.ts';

// Only names and folders are read.
const chain = {
  modules: [
    ['mint', 'x/mint/module'],
    ['gov', 'x/gov'],
    ['ecocredit', 'x/ecocredit/v3/module'],
    ['icahost', 'x/ica/host'],
  ].map(([name, dir]) => ({ name, dir }) as Module),
} as unknown as Chain;

describe('the module that is named', () => {
  for (const [given, dirs] of [
    ['mint', ['x/mint/module']],
    ['x/mint', ['x/mint/module']],
    ['x/mint/', ['x/mint/module']],
    ['./x/mint/module', ['x/mint/module']],
    ['x/gov/', ['x/gov']],
    ['gov', ['x/gov']],
    ['icahost', ['x/ica/host']],
    ['host', ['x/ica/host']],
    ['ica/host', ['x/ica/host']],
    ['x/ica', []],
    ['in', []],
  ] as const)
    it(`${given}: ${dirs.join(', ') || 'none'}`, () =>
      assert.deepEqual(
        modulesNamed(chain, given).map(({ dir }) => dir),
        dirs,
      ));
});
