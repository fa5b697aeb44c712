import assert from 'node:assert/strict';
import { isFileForm, submitArguments } from '../../../core/gov/forms.ts';
import { buildReason } from '../../../core/rehearse/build-reason.ts';
import { bondDenom, jsonAt, mergePatch, votesPatch } from '../../../core/rehearse/genesis.ts';
import { appToml, configToml } from '../../../core/rehearse/node-files.ts';
import { planHeight, rehearsedForm, rehearsedProposal } from '../../../core/rehearse/proposal.ts';
import {
  appliedHeight,
  appliedPlanRequest,
  moduleVersions,
} from '../../../core/rehearse/protobuf.ts';
import { toolchainOf, toolchainSetting, willDo } from '../../../core/rehearse/toolchain.ts';

describe('the Go of a chain', () => {
  it('is the toolchain line, else the go line', () => {
    assert.equal(toolchainOf('module x\n\ngo 1.22.3\n\ntoolchain go1.22.6\n'), 'go1.22.6');
    assert.equal(toolchainOf('module x\n\ngo 1.22.3 // why\n'), 'go1.22.3');
    assert.equal(toolchainOf('go 1.24\n'), 'go1.24.0');
    assert.equal(toolchainOf('go 1.19\n'), 'go1.19.13');
    assert.equal(toolchainOf('module x\n'), undefined);
  });
  it('is at hand where the minor release is the same and not older', () => {
    assert.deepEqual(
      [
        willDo('go1.24.4', 'go1.24.0'),
        willDo('go1.24.0', 'go1.24.4'),
        willDo('go1.26.1', 'go1.24.0'),
      ],
      [true, false, false],
    );
  });
  it('is chosen by GOTOOLCHAIN, the Go at hand and go.mod', () => {
    const gomod = 'module x\n\ngo 1.24\n\ntoolchain go1.24.6\n';
    const cases: [given: string, atHand: string, set: string, runs: string, fetch: boolean][] = [
      // Nothing is set: the same minor release as go.mod, or the one that it asks for.
      ['', 'go1.24.7', 'local', 'go1.24.7', false],
      ['', 'go1.24.5', 'go1.24.6', 'go1.24.6', true],
      ['', 'go1.26.1', 'go1.24.6', 'go1.24.6', true],
      ['', 'devel go1.27-abc', 'go1.24.6', 'go1.24.6', true],
      // Too old to know of toolchains.
      ['', 'go1.20.1', 'local', 'go1.20.1', false],
      ['go1.24.6', 'go1.20.1', 'go1.24.6', 'go1.20.1', false],
      ['auto', '', 'auto', '', false],
      ['local', 'go1.23.4', 'local', 'go1.23.4', false],
      ['auto', 'go1.23.4', 'auto', 'go1.24.6', true],
      ['local+auto', 'go1.26.1', 'local+auto', 'go1.26.1', false],
      ['path', 'go1.23.4', 'path', 'go1.24.6', false],
      ['local+path', 'go1.26.1', 'local+path', 'go1.26.1', false],
      ['go1.25.3', 'go1.26.1', 'go1.25.3', 'go1.25.3', true],
      ['go1.26.1', 'go1.26.1', 'go1.26.1', 'go1.26.1', false],
      // The one that is named, also where that at hand is newer, and no older one than go.mod asks for.
      ['go1.25.3+auto', 'go1.26.1', 'go1.25.3+auto', 'go1.25.3', true],
      ['go1.22.0+auto', 'go1.26.1', 'go1.22.0+auto', 'go1.24.6', true],
      ['go1.22.0+path', 'go1.26.1', 'go1.22.0+path', 'go1.24.6', false],
    ];
    for (const [given, atHand, setting, runs, mayFetch] of cases)
      assert.deepEqual(
        toolchainSetting(given, atHand, gomod),
        { setting, runs, isAtHand: runs === atHand, mayFetch },
        `${given} ${atHand}`,
      );
    assert.deepEqual(toolchainSetting(undefined, 'go1.26.1', 'module x\n'), {
      setting: 'local',
      runs: 'go1.26.1',
      isAtHand: true,
      mayFetch: false,
    });
  });
});

describe('the files of a node', () => {
  it('are set in their sections only', () => {
    const config = configToml(
      '[rpc]\nladdr = "a"\n[p2p]\nladdr = "b"\n# timeout_commit = "5s"\n[consensus]\ntimeout_commit = "5s"\n',
      { rpc: 1, p2p: 2 },
      300,
    );
    assert.equal(
      config,
      '[rpc]\nladdr = "tcp://127.0.0.1:1"\n[p2p]\nladdr = "tcp://127.0.0.1:2"\n# timeout_commit = "5s"\n[consensus]\ntimeout_commit = "300ms"\n',
    );
    assert.equal(
      appToml('minimum-gas-prices = ""\n[grpc]\nenable = true\n[wasm]\nenable = true\n', 'ustake'),
      'minimum-gas-prices = "0ustake"\n[grpc]\nenable = false\n[wasm]\nenable = true\n',
    );
  });
  it('get votes of seconds, in the parameters that are there', () => {
    const genesis = (gov: object) =>
      JSON.parse(
        JSON.stringify({ app_state: { gov, staking: { params: { bond_denom: 'ustake' } } } }),
      );
    assert.equal(bondDenom(genesis({})), 'ustake');
    const recent = mergePatch(
      genesis({
        params: {
          voting_period: '1d',
          quorum: '0.3',
          expedited_voting_period: '1h',
          expedited_min_deposit: [],
        },
      }),
      votesPatch(genesis({ params: { expedited_voting_period: '1h' } }), {
        seconds: 4,
        denom: 'ustake',
      }),
    );
    assert.deepEqual(
      [
        jsonAt(recent, 'app_state', 'gov', 'params', 'voting_period'),
        jsonAt(recent, 'app_state', 'gov', 'params', 'expedited_voting_period'),
        jsonAt(recent, 'app_state', 'gov', 'params', 'quorum'),
      ],
      ['4s', '2s', '0.3'],
    );
    const old = votesPatch(genesis({ voting_params: {}, deposit_params: {} }), {
      seconds: 4,
      denom: 'ustake',
    });
    assert.equal(jsonAt(old, 'app_state', 'gov', 'voting_params', 'voting_period'), '4s');
    assert.equal(jsonAt(old, 'app_state', 'gov', 'params'), undefined);
  });
  it('take a merge patch: null removes', () =>
    assert.deepEqual(mergePatch({ a: 1, b: { c: 2, d: 3 } }, { a: null, b: { c: [4] } }), {
      b: { c: [4], d: 3 },
    }));
});

describe('the proposal', () => {
  it('leaves time for the commands of a slow machine, for a fee that is tried three times, and for the votes', () => {
    assert.equal(planHeight(2, { command: 3000, votes: 11_000, block: 300 }), 2 + 87);
    assert.equal(planHeight(2, { command: 200, votes: 4000, block: 300 }), 2 + 26);
  });
  it('is made the way of the generation', () => {
    assert.deepEqual((['0.45', '0.46', '0.47', '0.50', null] as const).map(rehearsedForm), [
      'command',
      'command',
      'v1',
      'v1',
      'v1',
    ]);
    const submitted = (generation: '0.45' | '0.46' | '0.50') => {
      const wanted = { name: 'v2', height: 9, denom: 'a' };
      const proposal = rehearsedProposal(generation, wanted, 'gov');
      assert.equal(isFileForm(proposal), generation === '0.50');
      return submitArguments(proposal, 'f');
    };
    assert.deepEqual(submitted('0.45'), [
      ...['gov', 'submit-proposal', 'software-upgrade', 'v2', '--upgrade-height', '9'],
      ...['--title', 'Upgrade v2', '--description', 'A rehearsal.', '--deposit', '2a'],
    ]);
    assert.equal(submitted('0.46')[1], 'submit-legacy-proposal');
    assert.equal(submitted('0.46').at(-1), '--no-validate');
    assert.deepEqual(submitted('0.50'), ['gov', 'submit-proposal', 'f']);
  });
});

describe('answers of a node', () => {
  it('are read from their bytes', () => {
    assert.deepEqual([...appliedPlanRequest('v2')], [0x0a, 2, 0x76, 0x32]);
    assert.equal(appliedHeight(Uint8Array.of(0x08, 0xac, 0x02)), 300);
    assert.equal(appliedHeight(new Uint8Array()), 0);
    assert.deepEqual(
      [...moduleVersions(Uint8Array.of(0x0a, 6, 0x0a, 2, 0x76, 0x32, 0x10, 5))],
      [['v2', 5]],
    );
  });
});

describe('why Go did not build', () => {
  const cases: readonly (readonly [output: string, reason: RegExp])[] = [
    [
      'go: github.com/a/cosmos-sdk@v0.47.5-fork: reading https://proxy.example/github.com/a/cosmos-sdk/@v/v0.47.5-fork.mod: 404 Not Found',
      /^Go could not fetch github\.com\/a\/cosmos-sdk@v0\.47\.5-fork$/,
    ],
    [
      'app/app.go:12:2: package example.com/tiny/client/docs is not in std',
      /^app\/app\.go:12 imports example\.com\/tiny\/client\/docs, which is not in the tree/,
    ],
    [
      'app/app.go:12:2: no required module provides package example.com/tiny/x/docs; to add it:\n\tgo get x',
      /imports example\.com\/tiny\/x\/docs/,
    ],
    [
      'go: downloading a v1\n# example.com/x\n./x.go:3:2: undefined: y\n',
      /^\.\/x\.go:3:2: undefined: y$/,
    ],
    [
      '# runtime/cgo\ncgo: C compiler "gcc" not found: exec: "gcc": executable file not found in $PATH',
      /^it needs the C compiler gcc$/,
    ],
  ];
  for (const [output, reason] of cases)
    it(`is one line: ${reason.source.slice(0, 40)}`, () =>
      assert.match(buildReason(output), reason));
});
