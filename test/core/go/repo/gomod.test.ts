import assert from 'node:assert/strict';
import { readGoMod, readGoWork } from '../../../../core/go/repo/gomod.ts';

describe('go.mod', () => {
  it('gives module, go directive, requirements and replacements, in blocks and in lines', () => {
    const mod = readGoMod(
      'chain',
      `module example.com/chain // the chain

go 1.22.3

toolchain go1.23.0

require github.com/cosmos/cosmos-sdk v0.50.10

require (
	cosmossdk.io/x/upgrade v0.1.4 // indirect
	github.com/foo/bar v1.0.0-20240101000000-abcdef012345
)

replace (
	// A fork.
	github.com/cosmos/cosmos-sdk => github.com/fork/cosmos-sdk v0.50.10-fork
	github.com/foo/bar v1.0.0 => ../bar
)

replace example.com/chain/api => ./api

retract [v1.0.0, v1.1.0] // broken
exclude github.com/old/thing v1.2.3
`,
    );
    assert.equal(mod.dir, 'chain');
    assert.equal(mod.module, 'example.com/chain');
    assert.equal(mod.go, '1.22.3');
    assert.deepEqual(
      [...mod.require],
      [
        ['github.com/cosmos/cosmos-sdk', 'v0.50.10'],
        ['cosmossdk.io/x/upgrade', 'v0.1.4'],
        ['github.com/foo/bar', 'v1.0.0-20240101000000-abcdef012345'],
      ],
    );
    assert.deepEqual(mod.replace, [
      {
        from: 'github.com/cosmos/cosmos-sdk',
        version: undefined,
        to: 'github.com/fork/cosmos-sdk',
        toVersion: 'v0.50.10-fork',
      },
      { from: 'github.com/foo/bar', version: 'v1.0.0', to: '../bar', toVersion: undefined },
      { from: 'example.com/chain/api', version: undefined, to: './api', toVersion: undefined },
    ]);
  });

  it('may have CRLF line ends, a byte order mark, quotes and odd spacing', () => {
    const mod = readGoMod(
      '',
      '\uFEFFmodule "example.com/chain"\r\n\r\ngo   1.19\r\nrequire(\r\n\t`example.com/a`   v1.0.0\r\n)\r\nreplace example.com/a => "../my chain/a" // the folder has a blank\r\n',
    );
    assert.equal(mod.module, 'example.com/chain');
    assert.equal(mod.go, '1.19');
    assert.equal(mod.require.get('example.com/a'), 'v1.0.0');
    assert.deepEqual(mod.replace, [
      { from: 'example.com/a', version: undefined, to: '../my chain/a', toVersion: undefined },
    ]);
  });

  it('never throws', () => {
    for (const text of [
      '',
      'module',
      'replace',
      'replace a =>',
      'require (',
      ')',
      '<<<<<<< HEAD\nmodule a\n=======\n',
      '\0\0',
      'require ( a v1 )',
    ]) {
      assert.doesNotThrow(() => readGoMod('', text), text);
    }
    assert.equal(readGoMod('', 'go 1.22\n').module, '');
  });
});

describe('go.work', () => {
  it('gives the folders it uses', () => {
    assert.deepEqual(
      readGoWork('go 1.22\n\nuse ./simapp\nuse (\n\t.\n\t./protocol // the chain\n)\n'),
      ['./simapp', '.', './protocol'],
    );
  });
});
